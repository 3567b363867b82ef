import type { Db } from '../../db/db.ts';
import type { NewEvent } from '../events/event.ts';

/** A chat message; it never changes. */
export interface Message {
  readonly id: string;
  readonly appointmentId: string;
  readonly clientId: string;
  readonly senderId: string;
  readonly body: string;
  readonly sentAt: Date;
}

/** What became of a message that was to be stored. */
export type Insertion =
  | { readonly outcome: 'stored' | 'no-appointment' | 'cancelled' }
  /** The sender has used the clientId in this appointment before. */
  | { readonly outcome: 'known'; readonly first: Message };

/**
 * Stores a message as the newest of its appointment, with what is told of it, unless the sender is no participant, the
 * clientId is known, or the appointment is cancelled, in this order. The appointment's row lock is the order of its messages.
 *
 * @rule messages/order
 */
export type InsertMessage = (db: Db, message: Message, tell: Tell) => Promise<Insertion>;

/** What is told of a message, given the two participants. */
export type Tell = (to: readonly string[]) => NewEvent;
