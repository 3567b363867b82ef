import type { components } from '@duet/contract/types';
import type { Message } from './message.ts';

export function messageView(message: Message): components['schemas']['Message'] {
  const { id, appointmentId, clientId, senderId, body, sentAt } = message;
  return { id, appointmentId, clientId, senderId, body, sentAt: sentAt.toISOString() };
}
