import type { Db } from '../../db/db.ts';
import type { Appointment } from '../appointments/appointment.ts';
import type { NewEvent } from '../events/event.ts';
import type { Place } from './call.ts';
import { participantEvent } from './calls.events.ts';
import { updatePlace } from './calls.repository.ts';
import { lapsedAt } from './calls.rules.ts';

/** An appointment after a change, and what is to be told of it. */
export interface Changed {
  readonly appointment: Appointment;
  readonly events: readonly NewEvent[];
}

/**
 * The first write that meets a lapsed presence records it, with the instant of the last heartbeat.
 *
 * @rule calls/presence
 */
export async function recordLapses(tx: Db, appointment: Appointment, now: Date): Promise<Changed> {
  const { doctor, user, call } = appointment;
  const lapses = [lapseOf(doctor.id, call.doctorPlace, now), lapseOf(user.id, call.userPlace, now)]
    .filter((lapse) => lapse !== undefined)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  let changed = appointment;
  for (const { accountId, place, at } of lapses) {
    await updatePlace(tx, place.connectionId, appointment.id, { leftAt: at });
    changed = withPlace(changed, accountId, { ...place, leftAt: at });
  }
  const events = lapses.map((lapse) => participantEvent('call.participant-left', lapse, changed, now));
  return { appointment: changed, events };
}

/** The appointment with another place of one of its participants. */
export function withPlace(appointment: Appointment, accountId: string, place: Place): Appointment {
  const own = accountId === appointment.doctor.id ? { doctorPlace: place } : { userPlace: place };
  return { ...appointment, call: { ...appointment.call, ...own } };
}

function lapseOf(accountId: string, place: Place | null, now: Date) {
  const at = place && !place.leftAt ? lapsedAt(place, now) : undefined;
  return place && at ? { accountId, place, at } : undefined;
}
