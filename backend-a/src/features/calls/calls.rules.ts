import { Problem } from '../../problem.ts';
import type { Role } from '../accounts/account.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { callEndOf, statusOf } from '../appointments/appointments.rules.ts';
import type { Place, Room } from './call.ts';

const second = 1000;
const minute = 60 * second;
const opensBeforeMinutes = 10;
const presenceSeconds = 20;
const roomMinutes = 5;

/**
 * @throws Problem too-early, call-over, appointment-cancelled, in this order
 * @rule calls/window
 */
export function mustBeJoinable(appointment: Appointment, now: Date): void {
  const opensAt = new Date(appointment.startsAt.getTime() - opensBeforeMinutes * minute);
  if (now < opensAt) {
    throw new Problem('too-early', `The call opens at ${opensAt.toISOString()}; come back then.`, { opensAt });
  }
  mustNotBeOver(appointment, now);
  mustNotBeCancelled(appointment);
}

/** @throws Problem appointment-cancelled */
export function mustNotBeCancelled({ cancelledAt }: Appointment): void {
  if (cancelledAt) throw appointmentCancelled();
}

export function appointmentCancelled(): Problem {
  return new Problem('appointment-cancelled', 'The appointment is cancelled; book another one.');
}

/** @throws Problem call-over */
export function mustNotBeOver(appointment: Appointment, now: Date): void {
  const status = statusOf(appointment, now);
  if (status === 'completed' || status === 'missed') throw callOver(status);
}

/**
 * @throws Problem forbidden-role, then invalid-transition
 * @rule calls/doctor-ends
 */
export function mustBeEndable(appointment: Appointment, role: Role, now: Date): void {
  if (role !== 'doctor') throw new Problem('forbidden-role', 'The doctor alone ends the call; leave it instead.');
  const status = statusOf(appointment, now);
  if (status === 'in_progress') return;
  throw new Problem('invalid-transition', `The appointment is ${status}; only a call in progress can be ended.`);
}

/** When the call was completed, by the doctor or by time; undefined while it is not. */
export function completedAt(appointment: Appointment, now: Date): Date | undefined {
  if (statusOf(appointment, now) !== 'completed') return undefined;
  return appointment.call.endedAt ?? callEndOf(appointment);
}

/**
 * When the owner of a place was disconnected: by leaving, by a lapse at the last heartbeat, or with the call itself.
 * undefined while connected, and when never connected.
 *
 * @rule calls/presence
 */
export function disconnectedAt(place: Place, over: Date | undefined, now: Date): Date | undefined {
  if (!place.connectedAt) return undefined;
  if (place.leftAt) return place.leftAt;
  return lapsedAt(place, over ?? now) ?? over;
}

/** Whether the owner of a place is connected at this moment of a call that goes on. */
export function isConnected(place: Place, now: Date): boolean {
  return place.connectedAt !== null && disconnectedAt(place, undefined, now) === undefined;
}

/** The instant of the last heartbeat, when it is too long ago. */
export function lapsedAt({ seenAt }: Place, now: Date): Date | undefined {
  return seenAt && now.getTime() - seenAt.getTime() >= presenceSeconds * second ? seenAt : undefined;
}

/**
 * The room that lives at this moment: nobody has ended it, and it was not left empty, or unused, for too long.
 *
 * @rule calls/empty-room
 * @rule calls/unused-room
 */
export function livingRoom(appointment: Appointment, now: Date): Room | undefined {
  const { room } = appointment.call;
  if (!room || completedAt(appointment, now)) return undefined;
  const discardedAt = discardOf(appointment, room, now);
  return discardedAt === undefined || now < discardedAt ? room : undefined;
}

/** When the room is discarded if nobody connects before; undefined while somebody is connected. */
export function discardOf(appointment: Appointment, room: Room, now: Date): Date | undefined {
  let emptySince = room.openedAt;
  for (const place of placesOf(appointment).filter(({ roomId }) => roomId === room.id)) {
    if (!place.connectedAt) continue;
    const left = disconnectedAt(place, undefined, now);
    if (!left) return undefined;
    if (left > emptySince) emptySince = left;
  }
  return new Date(emptySince.getTime() + roomMinutes * minute);
}

/** Why an unmarked room ended by time. */
export function discardReason(appointment: Appointment, room: Room): 'unused' | 'empty' {
  const wasUsed = ({ roomId, connectedAt }: Place) =>
    roomId === room.id && connectedAt !== null && connectedAt >= room.openedAt;
  return placesOf(appointment).some(wasUsed) ? 'empty' : 'unused';
}

/**
 * The name of an appointment's next room: none is ever used again.
 *
 * @rule calls/empty-room
 */
export function roomNameOf(appointmentId: string, roomsBefore: number): string {
  return `${appointmentId}-${roomsBefore + 1}`;
}

/** The doctor's place, then the user's, of those who ever joined. */
export function placesOf({ call }: Appointment): Place[] {
  return [call.doctorPlace, call.userPlace].filter((place) => place !== null);
}

/** The place of the participant with this role. */
export function ownPlace({ call }: Appointment, role: Role): Place | null {
  return role === 'doctor' ? call.doctorPlace : call.userPlace;
}

/**
 * The caller's place, when this connection of the caller's owns it.
 *
 * @throws Problem not-joined: no connection to the living room, or one that has left; superseded: an older one
 * @rule calls/takeover
 */
export function mustOwnPlace(
  appointment: Appointment,
  role: Role,
  connection: { id: string; roomId: string; hasLeft: boolean } | undefined,
  now: Date,
): Place {
  const place = ownPlace(appointment, role);
  if (!connection || !place || connection.roomId !== livingRoom(appointment, now)?.id) throw notJoined();
  if (place.connectionId !== connection.id) {
    throw new Problem('superseded', 'The call was opened on another device; join again to take it over here.');
  }
  if (connection.hasLeft) throw notJoined();
  return place;
}

/** @rule calls/epoch */
export function mustBePresentEpoch(appointment: Appointment, epoch: number): void {
  if (epoch === appointment.call.epoch) return;
  throw new Problem('stale-epoch', `The call is at epoch ${appointment.call.epoch}; wait for the next offer.`);
}

/** @rule calls/signals */
export function wrongProvider(): Problem {
  return new Problem('wrong-provider', 'Calls take place at a provider that passes no signals on; send none.');
}

/** The room ended while the provider was making the next one for another join. */
export function roomNotOpened(): Problem {
  const detail = 'The room has ended at this very moment; try again to get a new one.';
  return new Problem('video-unavailable', detail, { retryAfterSeconds: 1 });
}

function notJoined(): Problem {
  return new Problem('not-joined', 'This connection is not in the call; join again.');
}

function callOver(status: 'completed' | 'missed'): Problem {
  return new Problem('call-over', `The appointment is ${status}, its call is over; book another one.`);
}
