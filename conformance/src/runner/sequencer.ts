import type { TestSpecification } from 'vitest/node';

/** Files that mostly wait for processes and timers: begun first, they cost no time of their own. */
const WAITING =
  /\/rules\/(operations\/|events\/|sessions\/required|http\/(cors|conformance-clock|internal-error)|calls\/presence)/;

/** The order of a target's files: what waits comes first. */
export class WaitingFirstSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = ({ moduleId }: TestSpecification): string => `${WAITING.test(moduleId) ? 0 : 1} ${moduleId}`;
    return files.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  }
}
