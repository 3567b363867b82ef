/** Does what is asked under one key one after the other, in the order in which it was asked. */
export type Line = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** A line for each key, in this process alone. */
export function createLine(): Line {
  const last = new Map<string, Promise<void>>();
  return async (key, work) => {
    const before = last.get(key);
    const { promise: done, resolve: end } = Promise.withResolvers<void>();
    last.set(key, done);
    try {
      await before;
      return await work();
    } finally {
      if (last.get(key) === done) last.delete(key);
      end();
    }
  };
}
