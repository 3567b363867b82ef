import { crc32 } from 'node:zlib';
import { seededRandom } from '../src/seeded-random.ts';
import type { StudyRecord } from './study/records.ts';

/** The parts of a run, in their order. */
export type Steps = {
  /** Runs a part and notes that it is whole, unless an earlier run did. The same seed and name draw the same numbers. */
  take(name: string, run: (random: () => number) => Promise<void>): Promise<void>;
};

export type StepsOptions = {
  seed: number;
  /** What an earlier run finished. */
  done?: ReadonlySet<string>;
  keep(record: StudyRecord): void;
};

export function stepsOf({ seed, done, keep }: StepsOptions): Steps {
  return {
    async take(name, run) {
      if (done?.has(name)) return;
      await run(seededRandom(crc32(name, seed)));
      keep({ kind: 'step', name, endedAt: new Date().toISOString() });
    },
  };
}
