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

  isSameText: (message: Message, body: string): boolean => message.body === body,

  repeatStatus: (): number => 200,

  marksOnSend: (): boolean => false,

  markOwner: (accountId: string): string => accountId,

  isUnknownRefused: (): boolean => true,

  firstBefore: (index: number): number => index,

  firstAfter: (index: number): number => index + 1,

  /** The page that ends before an index. */
  itemsBefore: (messages: Message[], end: number, limit: number): Message[] =>
    messages.slice(Math.max(0, end - limit), end),

  messageLimit: (asked: number | undefined): number => asked ?? 20,
};
