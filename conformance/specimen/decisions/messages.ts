import type { Message } from '../world.ts';
import type { Status } from './appointments.ts';

export const messageDecisions = {
  mayMessage: (status: Status): boolean => status !== 'cancelled',

  isSameMessage: (message: Message, senderId: string, clientId: string): boolean =>
    message.senderId === senderId && message.clientId === clientId,

  /** Whether a known clientId decides before the state of the appointment. */
  knownClientIdFirst: (): boolean => true,

  newerMark: (present: number, asked: number): number => Math.max(present, asked),

  isUnread: (message: Message, readerId: string, isBeyondMark: boolean): boolean =>
    isBeyondMark && message.senderId !== readerId,

  messageLimit: (asked: number | undefined): number => asked ?? 20,
};
