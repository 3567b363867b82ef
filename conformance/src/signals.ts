import { randomUUID } from 'node:crypto';
import type { Person } from './actors.ts';
import { on, type PeerGrant } from './bookings.ts';
import type { Answer } from './driver/answer.ts';

export type Signal = { clientId: string; connectionId: string; epoch: number; type: string; data: unknown };

/** A signal of this grant, with a clientId of its own, `media` with empty data unless told. */
export function signalOf(grant: PeerGrant, changes: Partial<Signal> = {}): Signal {
  const { connectionId, epoch } = grant;
  return { clientId: randomUUID(), connectionId, epoch, type: 'media', data: {}, ...changes };
}

export function sendSignal(person: Person, appointment: { id: string }, signal: unknown): Promise<Answer> {
  return person.send('sendSignal', { path: on(appointment), body: signal });
}
