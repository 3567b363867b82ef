/** Runs steps one after the other, whatever becomes of them. */
export function inTurns(): <Result>(step: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return async (step) => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    try {
      return await step();
    } finally {
      resolve();
    }
  };
}
