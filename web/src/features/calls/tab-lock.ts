export type WayToLock = 'ask' | 'after-reload' | 'take-over';

/**
 * One tab of this browser holds a call at a time. The browser frees the lock when its tab closes, crashes or reloads.
 */
export type TabLock = {
  /** False: another tab holds it. `take-over` takes it from that tab, which is told by `onLost`. */
  acquire(way: WayToLock): Promise<boolean>;
  /** Gives it up, held or only asked for. */
  release(): void;
};

type Claim = { answer: Promise<boolean>; isHeld: boolean; end: AbortController };

/** How long a lock is waited for: a page that reloads meets its own former lock, on a busy machine for seconds. */
const patience = { ask: 1_000, 'after-reload': 6_000 } as const;

export function createTabLock(locks: LockManager | undefined, name: string, onLost: () => void): TabLock {
  let claim: Claim | null = null;

  /** Asked for again while it is waited for, the answer is the same one. */
  function acquire(way: WayToLock): Promise<boolean> {
    if (!locks) return Promise.resolve(true);
    if (way === 'take-over' && !claim?.isHeld) release();
    return (claim ?? claimBy(locks, way)).answer;
  }

  function claimBy(manager: LockManager, way: WayToLock): Claim {
    const end = new AbortController();
    const { promise: answer, resolve } = Promise.withResolvers<boolean>();
    const mine: Claim = { answer, isHeld: false, end };
    claim = mine;
    const held = (): Promise<void> => {
      const freed = new Promise<void>((done) => end.signal.addEventListener('abort', () => done()));
      mine.isHeld = !end.signal.aborted;
      resolve(mine.isHeld);
      return mine.isHeld ? freed : Promise.resolve();
    };
    manager.request(name, optionsFor(way, end.signal), held).catch(() => {
      if (claim === mine) claim = null;
      if (end.signal.aborted) return resolve(false);
      if (mine.isHeld) return onLost();
      resolve(isOnlySlow(manager, name).then((isFree) => isFree && acquire(way)));
    });
    return mine;
  }

  function release(): void {
    claim?.end.abort();
    claim = null;
  }

  return { acquire, release };
}

function optionsFor(way: WayToLock, ended: AbortSignal): LockOptions {
  if (way === 'take-over') return { steal: true };
  return { signal: AbortSignal.any([ended, AbortSignal.timeout(patience[way])]) };
}

/** The machine may be so busy that a free lock is not given in time: that is no other tab. */
async function isOnlySlow(manager: LockManager, name: string): Promise<boolean> {
  const { held = [] } = await manager.query();
  return !held.some((lock) => lock.name === name);
}
