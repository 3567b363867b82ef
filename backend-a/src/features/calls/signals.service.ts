import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/db.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import type { NewEvent } from '../events/event.ts';
import { otherOf } from './calls.events.ts';
import { findConnection } from './calls.repository.ts';
import { mustBePresentEpoch, mustNotBeOver, mustOwnPlace, wrongProvider } from './calls.rules.ts';
import type { InConnection } from './calls.service.ts';
import { recordLapses } from './lapses.ts';
import { insertSignal } from './signals.repository.ts';

export interface Signal extends InConnection {
  readonly provider: RoomProvider;
  readonly clientId: string;
  readonly epoch: number;
  readonly type: 'offer' | 'answer' | 'candidate' | 'restart' | 'media';
  readonly data: object;
}

/**
 * Passes a signal on to the other participant, once.
 *
 * @throws Problem not-found, wrong-provider, call-over, not-joined, superseded, stale-epoch
 * @rule calls/signals
 */
export function sendSignal(db: Db, input: Signal, now: Date): Promise<void> {
  const { caller, appointmentId, clientId, connectionId, epoch, type } = input;
  const senderId = caller.accountId;
  return inTransaction(db, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId, senderId);
    if (input.provider.name !== 'peer') throw wrongProvider();
    mustNotBeOver(appointment, now);
    const connection = await findConnection(tx, { connectionId, appointmentId, accountId: senderId });
    mustOwnPlace(appointment, caller.role, connection, now);
    mustBePresentEpoch(appointment, epoch);
    const id = randomUUID();
    const data = JSON.stringify(input.data);
    if (!(await insertSignal(tx, { id, appointmentId, senderId, clientId, data }))) return;
    const { events: lapses } = await recordLapses(tx, appointment, now);
    const signal: NewEvent = {
      type: 'call.signal',
      to: [otherOf(appointment, senderId)],
      at: now,
      data: { appointmentId, senderId, clientId, connectionId, epoch, type },
      signalId: id,
    };
    await tx.paths.insertEvents(tx, [...lapses, signal], now);
  });
}
