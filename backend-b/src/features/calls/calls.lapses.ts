import type { Orm } from '../../db/client.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import type { CallChange } from './calls.events.ts';
import { updatePresence } from './calls.repository.ts';
import { presenceAt } from './calls.state.ts';

/**
 * Records the presences that have lapsed, as of the last heartbeat: the first write on a call that meets them does.
 * @returns what is to be told of them, each with the appointment as it is before the write does anything else
 */
export async function recordLapses(orm: Orm, appointment: Appointment, now: Date): Promise<CallChange[]> {
  const { id, call } = appointment;
  const changes: CallChange[] = [];
  for (const participant of call.participants) {
    const { isConnected, leftAt } = presenceAt(participant, null, now);
    if (!participant.isConnected || isConnected || !leftAt) continue;
    await updatePresence(orm, id, participant.accountId, { isConnected: false, leftAt });
    changes.push({ type: 'call.participant-left', accountId: participant.accountId, at: leftAt, appointment });
  }
  return changes;
}
