import type { components } from '@duet/contract/types';
import type { Appointment } from '../appointments/appointment.ts';
import type { Place } from './call.ts';
import { completedAt, disconnectedAt, livingRoom } from './calls.rules.ts';

type Schemas = components['schemas'];

/**
 * The call as an appointment shows it.
 *
 * @rule calls/state
 */
export function callView(appointment: Appointment, now: Date): Schemas['Call'] {
  const { doctor, user, call } = appointment;
  const over = completedAt(appointment, now);
  const room = livingRoom(appointment, now);
  const participants: Schemas['CallParticipant'][] = [];
  if (call.doctorPlace) participants.push(participantView(doctor.id, call.doctorPlace, over, now));
  if (call.userPlace) participants.push(participantView(user.id, call.userPlace, over, now));
  const isActive = participants.filter(({ connected }) => connected).length === 2;
  return {
    state: over ? 'ended' : room ? (isActive ? 'active' : 'waiting') : 'none',
    roomName: room?.name ?? null,
    participants,
    startedAt: call.startedAt?.toISOString() ?? null,
    endedAt: over?.toISOString() ?? null,
  };
}

function participantView(
  accountId: string,
  place: Place,
  over: Date | undefined,
  now: Date,
): Schemas['CallParticipant'] {
  const left = disconnectedAt(place, over, now);
  return {
    accountId,
    connected: place.connectedAt !== null && left === undefined,
    joinedAt: place.joinedAt.toISOString(),
    leftAt: left?.toISOString() ?? null,
  };
}
