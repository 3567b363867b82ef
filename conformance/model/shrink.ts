import fc from 'fast-check';

/**
 * Tries the value that a seed stands for and, once it fails, ever smaller ones, each value once.
 * @param mostTries after so many no more are tried
 * @throws what `hasFailed` throws, which is no failure of the value
 */
export async function tryAndShrink<Value>(
  arbitrary: fc.Arbitrary<Value>,
  { seed, mostTries }: { seed: number; mostTries: number },
  hasFailed: (value: Value) => Promise<boolean>,
): Promise<void> {
  const tried = new Map<string, boolean>();
  let trouble: { error: unknown } | undefined;
  const property = fc.asyncProperty(arbitrary, async (value) => {
    const text = JSON.stringify(value);
    const known = tried.get(text);
    if (known !== undefined) return !known;
    if (trouble || tried.size === mostTries) return true;
    try {
      tried.set(text, await hasFailed(value));
    } catch (error) {
      trouble = { error };
    }
    return tried.get(text) !== true;
  });
  await fc.check(property, { seed, numRuns: 1, plugins: [fc.unbiased()] });
  if (trouble) throw trouble.error;
}
