import type { Schemas } from '../../http/contract.ts';
import type { Message } from './messages.rules.ts';

export function messageView({ id, appointmentId, clientId, senderId, body, sentAt }: Message): Schemas['Message'] {
  return { id, appointmentId, clientId, senderId, body, sentAt: sentAt.toISOString() };
}
