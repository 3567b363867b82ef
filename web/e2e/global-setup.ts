import { startStack, type RunningStack } from './stack/start-stack.ts';
import { announceStacks, areGiven, wantedProviders } from './stack/stack.ts';

/** One stack for each provider, one after the other: the first also builds the client. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (areGiven()) return () => Promise.resolve();
  const running: RunningStack[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((stack) => stack.stop()));
  };
  try {
    for (const provider of wantedProviders()) running.push(await startStack(provider));
  } catch (error) {
    await stop();
    throw error;
  }
  announceStacks(running.map(({ stack }) => stack));
  return stop;
}
