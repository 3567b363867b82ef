import { randomUUID } from 'node:crypto';
import { inTransaction, type Db } from '../../db/client.ts';
import type { Schemas } from '../../http/contract.ts';
import { otherOf } from '../appointments/appointments.rules.ts';
import { newEvent } from '../events/events.rules.ts';
import { lockCall, participantOf, type ConnectionInput } from './calls.access.ts';
import { callEvents } from './calls.events.ts';
import { recordLapses } from './calls.lapses.ts';
import { insertSignal, isConnectionOf } from './calls.repository.ts';
import { checkProvider, checkSignal } from './signals.rules.ts';

export interface SignalInput extends ConnectionInput {
  signal: Pick<Schemas['SendSignalRequest'], 'clientId' | 'epoch' | 'type' | 'data'>;
}

/**
 * Passes a signal on to the other participant, once.
 * @throws Problem not-found, wrong-provider, call-over, not-joined, superseded, stale-epoch
 */
export async function sendSignal(db: Db, input: SignalInput, now: Date): Promise<void> {
  const { account, connectionId, provider, signal } = input;
  await inTransaction(db, async (orm) => {
    const appointment = await lockCall(db, orm, input);
    checkProvider(provider.name);
    const own = participantOf(appointment, account);
    const isKnown = await isConnectionOf(orm, connectionId, appointment, account.id);
    checkSignal(appointment, own, { connectionId, isKnown, epoch: signal.epoch }, now);
    const { clientId, epoch, type, data: payload } = signal;
    const signalId = randomUUID();
    const row = { id: signalId, appointmentId: appointment.id, senderId: account.id, clientId };
    if (!(await insertSignal(orm, { ...row, payload }))) return;
    const lapses = await recordLapses(orm, appointment, now);
    const data = { at: now.toISOString(), appointmentId: appointment.id, senderId: account.id, clientId };
    const told = newEvent('call.signal', [otherOf(appointment, account.id).id], { ...data, connectionId, epoch, type });
    await db.hotPaths.insertEvents(orm, [...callEvents(lapses, appointment, now), { ...told, signalId }], now);
  });
}
