import type { Room } from '../rooms/room.ts';
import type { CallbackEvent } from './parameters.ts';

export type CallbackStatus = 'waiting' | 'held' | 'delivered' | 'failed' | 'dropped';

/** A status callback and what became of it. */
export type Callback = {
  id: number;
  room: Room;
  event: CallbackEvent;
  url: string;
  method: 'GET' | 'POST';
  parameters: Record<string, string>;
  signature: string;
  status: CallbackStatus;
  copies: number;
  /** What the backend answered, an entry a copy: a status, or why there was none. */
  answers: (number | string)[];
  /** Held until the room's clock shows this; null: until it is released by hand. */
  heldUntil: number | null;
};
