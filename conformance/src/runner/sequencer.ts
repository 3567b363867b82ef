import type { TestSpecification } from 'vitest/node';

/** Files that mostly wait for processes and timers: begun first, they cost no time of their own. */
const WAITING = /\/rules\/(operations\/|http\/(cors|conformance-clock|internal-error)|calls\/presence|events\/)/;

/** The order of files: what waits comes first, and the targets take turns, so that none has the machine to itself. */
export class FairSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = (file: TestSpecification): string =>
      `${WAITING.test(file.moduleId) ? 0 : 1} ${file.moduleId} ${file.project.name}`;
    return files.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  }
}
