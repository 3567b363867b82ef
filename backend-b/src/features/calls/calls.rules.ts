import { Problem } from '../../problem.ts';
import type { Role } from '../accounts/accounts.rules.ts';
import { statusAt, type Appointment } from '../appointments/appointments.rules.ts';
import { livingRoom, type Participant } from './calls.state.ts';

const EARLY_MS = 10 * 60_000;

/** @rule calls/window */
export function checkJoin(appointment: Appointment, now: Date): void {
  const opensAt = new Date(appointment.startsAt.getTime() - EARLY_MS);
  if (now < opensAt) {
    throw new Problem('too-early', `The call opens at ${opensAt.toISOString()}; join then.`, { opensAt });
  }
  const status = statusAt(appointment, now);
  if (status === 'completed' || status === 'missed') throw callOver();
  if (status === 'cancelled') {
    throw new Problem('appointment-cancelled', 'The appointment is cancelled; book another one.');
  }
}

/** @rule calls/doctor-ends */
export function checkEnd(appointment: Appointment, role: Role, now: Date): void {
  if (role !== 'doctor') throw new Problem('forbidden-role', 'The doctor alone ends a call; leave it instead.');
  const status = statusAt(appointment, now);
  if (status === 'in_progress') return;
  throw new Problem('invalid-transition', `The appointment is ${status}; only a call in progress can be ended.`);
}

/**
 * Whether a heartbeat of this connection counts.
 * @param isKnown whether the connection was ever the caller's, in the room that lives now
 * @rule calls/takeover
 */
export function checkPresence(
  appointment: Appointment,
  own: Participant | undefined,
  connection: { id: string; isKnown: boolean },
  now: Date,
): asserts own is Participant {
  const status = statusAt(appointment, now);
  if (status === 'completed' || status === 'missed') throw callOver();
  const room = livingRoom(appointment.call, appointment, now);
  if (!own || !room || !connection.isKnown) throw notJoined();
  if (own.connectionId !== connection.id) {
    throw new Problem('superseded', 'The call was opened on another device; join again to take it back.');
  }
  if (own.hasLeft || own.roomId !== room.id) throw notJoined();
}

/** @rule calls/leave */
export function isLeaving(own: Participant | undefined, connectionId: string): own is Participant {
  return own !== undefined && own.connectionId === connectionId && !own.hasLeft;
}

function callOver(): Problem {
  return new Problem('call-over', 'The call is over; nobody can join it any more.');
}

function notJoined(): Problem {
  return new Problem('not-joined', 'This connection is not in the call; join it.');
}
