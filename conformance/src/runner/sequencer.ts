import type { TestSpecification } from 'vitest/node';

/** Files that mostly wait for processes and timers: begun first, they cost no time of their own. */
const WAITING =
  /\/rules\/(operations\/|events\/|sessions\/required|http\/(cors|conformance-clock|internal-error)|calls\/presence)/;

/**
 * The order of files: one target after the other, since vitest keeps a worker only while the next file in the queue is of
 * the same target, and a new one costs a second of a core; within a target what waits comes first.
 */
export class BlockSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = (file: TestSpecification): string =>
      `${file.project.name} ${WAITING.test(file.moduleId) ? 0 : 1} ${file.moduleId}`;
    return files.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  }
}
