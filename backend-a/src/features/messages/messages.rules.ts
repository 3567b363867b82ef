import { Problem, type Place } from '../../problem.ts';
import type { Message } from './message.ts';

/**
 * A clientId that its sender has used before decides first: with the same body it is a repeat.
 *
 * @throws Problem client-id-reused
 * @rule messages/client-id
 */
export function mustBeRepeat(first: Message, body: string): void {
  if (first.body === body) return;
  throw new Problem('client-id-reused', 'This clientId was used for another message; use a new one for a new message.');
}

/** @rule messages/order */
export function unknownMessage(): Problem {
  return new Problem('unknown-message', 'The appointment has no message with this id; name one of its messages.');
}

/** @rule messages/order */
export function placesOfDirections(query: Readonly<Record<string, unknown>>): readonly Place[] {
  if (query['before'] === undefined || query['after'] === undefined) return [];
  const message = 'must not be given together with the other direction';
  return ['/before', '/after'].map((pointer) => ({ in: 'query', pointer, rule: 'not', message }));
}

/** Whether a read mark moves: it does so only forward. @rule messages/read-mark */
export function movesMark(mark: number, place: number): boolean {
  return place > mark;
}
