import { Problem, type ValidationError } from '../../problem.ts';

export interface Message {
  id: string;
  appointmentId: string;
  clientId: string;
  senderId: string;
  body: string;
  sentAt: Date;
}

export interface UnreadCount {
  appointmentId: string;
  count: number;
}

/** Where a page of messages lies: before or after the message of a number, or at the end. */
export type Place = { before: number } | { after: number } | 'newest';

/** @rule messages/order */
export function directionErrors({ before, after }: { before?: string; after?: string }): ValidationError[] {
  if (before === undefined || after === undefined) return [];
  return ['/before', '/after'].map((pointer) => ({
    in: 'query',
    pointer,
    rule: 'oneOf',
    message: 'is given beside the other one',
  }));
}

/** @rule messages/send */
export function checkNotCancelled(cancelledAt: Date | null): void {
  if (!cancelledAt) return;
  throw new Problem('appointment-cancelled', 'The appointment is cancelled; its messages can only be read.');
}

/**
 * Whether a message is the first one with its clientId, sent again.
 * @rule messages/client-id
 */
export function checkSameMessage(first: Message, body: string): void {
  if (first.body === body) return;
  throw new Problem('client-id-reused', 'The clientId came with another body before; choose a new one.');
}

export function unknownMessage(name: string): Problem {
  return new Problem('unknown-message', `There is no message with this id in the appointment; check ${name}.`);
}
