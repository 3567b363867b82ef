import type { Stop } from '../../call/call-session.ts';

/**
 * Passes items on to one listener, and keeps those that come while there is none: the other side may signal between our
 * join and the moment in which the session listens.
 */
export type Relay<T> = { push(item: T): void; listen(handler: (item: T) => void): Stop; clear(): void };

export function createRelay<T>(): Relay<T> {
  let held: T[] = [];
  let handlers: ((item: T) => void)[] = [];

  return {
    push(item) {
      if (handlers.length === 0) held.push(item);
      for (const handler of handlers) handler(item);
    },
    listen(handler) {
      handlers = [...handlers, handler];
      const late = held;
      held = [];
      for (const item of late) handler(item);
      return () => {
        handlers = handlers.filter((other) => other !== handler);
      };
    },
    clear() {
      held = [];
    },
  };
}
