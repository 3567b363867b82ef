export type WayToLock = 'ask' | 'after-reload' | 'take-over';

/**
 * One tab of this browser holds a call at a time. The browser frees the lock when its tab closes, crashes or reloads.
 */
export type TabLock = {
  /** False: another tab holds it. `take-over` takes it from that tab, which is told by `onLost`. */
  acquire(way: WayToLock): Promise<boolean>;
  release(): void;
};

/** How long a lock is waited for: a page that reloads meets its own former lock, on a busy machine for seconds. */
const patience = { ask: 1_000, 'after-reload': 6_000 } as const;

export function createTabLock(locks: LockManager | undefined, name: string, onLost: () => void): TabLock {
  let free: (() => void) | null = null;

  function acquire(way: WayToLock): Promise<boolean> {
    if (!locks || free) return Promise.resolve(true);
    const options = way === 'take-over' ? { steal: true } : { signal: AbortSignal.timeout(patience[way]) };
    return new Promise((resolve) => {
      const held = () => {
        resolve(true);
        return new Promise<void>((done) => {
          free = done;
        });
      };
      locks.request(name, options, held).catch(() => {
        const wasHeld = free !== null;
        free = null;
        if (wasHeld) onLost();
        resolve(!wasHeld && isOnlySlow().then((isFree) => isFree && acquire(way)));
      });
    });
  }

  /** The machine may be so busy that a free lock is not given in time: that is no other tab. */
  async function isOnlySlow(): Promise<boolean> {
    const state = await locks?.query();
    return !state?.held?.some((lock) => lock.name === name);
  }

  function release() {
    free?.();
    free = null;
  }

  return { acquire, release };
}
