/** Runs work of one key one after the other, and work of different keys side by side. */
export type Lanes = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createLanes(): Lanes {
  const lastOf = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = lastOf.get(key) ?? Promise.resolve();
    const own = before.then(work);
    // Whoever comes next waits for the end of this one, however it ends.
    const end = own.catch(() => undefined);
    lastOf.set(key, end);
    try {
      return await own;
    } finally {
      if (lastOf.get(key) === end) lastOf.delete(key);
    }
  };
}
