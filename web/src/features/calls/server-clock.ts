/**
 * How far the server's clock is ahead of this browser's. No operation tells the time, but events carry the instant of
 * their change: one that our own request has just caused is fresh, and any other gives a lower bound (it cannot have
 * been sent before it happened).
 */
export type ServerClock = { offset: number };

export const unknownServerClock: ServerClock = { offset: 0 };

export function observeEvent(
  clock: ServerClock,
  sample: { at: string; receivedAt: number; isFresh: boolean },
): ServerClock {
  const difference = Date.parse(sample.at) - sample.receivedAt;
  if (Number.isNaN(difference)) return clock;
  return sample.isFresh || difference > clock.offset ? { offset: difference } : clock;
}
