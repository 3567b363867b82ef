import type { ProblemCode } from '@duet/contract/problems';
import type { Query } from '../database.ts';
import type { Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { Problem } from '../problem.ts';
import { lockPeople, saveCall, tell } from '../statements/appointments.ts';
import { appointmentOf, type AppointmentRow } from './appointment-view.ts';
import { findOwn } from './appointments.ts';
import { callStateOf, type Connection, type StoredCall } from './call-state.ts';

/** An appointment under lock, and what is told of its changes. */
export type CallWork = {
  query: Query;
  row: AppointmentRow & { call: StoredCall };
  callerId: string;
  now: number;
  /** Tells both, with the appointment as it is now. */
  tellBoth(type: string, data?: Record<string, unknown>, at?: number): Promise<void>;
  tellOne(accountId: string, type: string, data: Record<string, unknown>): Promise<void>;
  save(): Promise<void>;
};

/** Does something with a call, in one transaction and with both people's streams locked. */
export function withCall<Result>(visit: Visit, work: (work: CallWork) => Promise<Result>): Promise<Result> {
  return visit.floor.database.transaction(async (query) => {
    await query(lockPeople, [visit.text('appointmentId'), visit.tokenHash]);
    const found = await findOwn(visit, query);
    const row = { ...found, call: found.call ?? { epoch: 0, rooms: [], connections: [] } };
    const { now } = visit;
    const send = async (people: string[], type: string, data: Record<string, unknown>): Promise<void> =>
      void (await query(tell, [`{${people.join(',')}}`, type, JSON.stringify(data), now, null]));
    return work({
      query,
      row,
      callerId: visit.accountId ?? '',
      now,
      tellBoth: (type, data = {}, at = now) =>
        send([row.doctor_id, row.user_id], type, {
          at: writeInstant(at),
          ...data,
          appointment: appointmentOf(row, now),
        }),
      tellOne: (accountId, type, data) => send([accountId], type, { at: writeInstant(now), ...data }),
      save: async () => void (await query(saveCall, [row.id, row.started_at, row.ended_at, JSON.stringify(row.call)])),
    });
  });
}

/** Tells the lapses that nobody has told yet, each with the instant of its last heartbeat. */
export async function tellLapses({ row, now, tellBoth }: CallWork): Promise<void> {
  const state = callStateOf(row, now);
  for (const connection of state.newest.values()) {
    const { accountId, leftAt, lastHeartbeat, toldLapse } = connection;
    if (leftAt !== null || state.isConnected(connection) || state.end !== null || toldLapse === lastHeartbeat) continue;
    connection.toldLapse = lastHeartbeat;
    await tellBoth('call.participant-left', { accountId }, lastHeartbeat);
  }
}

export const named = ({ row, callerId }: CallWork, connectionId: string): Connection | undefined =>
  row.call.connections.find(({ id, accountId }) => id === connectionId.toLowerCase() && accountId === callerId);

const details = {
  'call-over': 'The call is over. Book another appointment.',
  'not-joined': 'You are not in this call with this connection. Join it first.',
  superseded: 'A newer join of yours has taken this place. Join again to take it back.',
  'stale-epoch': 'The signal belongs to another attempt. Wait for the next offer.',
} satisfies Partial<Record<ProblemCode, string>>;

export const refusal = (code: keyof typeof details): Problem => new Problem(code, details[code]);

/** The caller's own newest connection, in the living room. @throws Problem call-over, not-joined, superseded */
export function requireConnection(work: CallWork, connectionId: string): Connection {
  const { row, now } = work;
  const { status } = appointmentOf(row, now);
  if (status === 'completed' || status === 'missed') throw refusal('call-over');
  const connection = named(work, connectionId);
  const state = callStateOf(row, now);
  if (!connection || connection.room !== state.livingRoom) throw refusal('not-joined');
  if (state.newest.get(connection.accountId) !== connection) throw refusal('superseded');
  if (connection.leftAt !== null) throw refusal('not-joined');
  return connection;
}
