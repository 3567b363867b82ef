import { StartError } from '../src/stack/errors.ts';
import { changedSince, headerOf, type RunOptions } from './header.ts';
import { openBundle, reopenBundle, type BundleWriter } from './study/bundle.ts';
import type { StudyRecord } from './study/records.ts';
import type { SubjectPlan } from './subjects.ts';

export type OpenRunOptions = RunOptions & {
  /** Where the raw data is kept. */
  file: string;
  /** Whether to go on with the run in `file`, which did not end. */
  isResumed: boolean;
  log(line: string): void;
};

/** A run that records are added to; `kept` is what an earlier part of it left. */
export type OpenRun = { bundle: BundleWriter; seed: number; kept: StudyRecord[] };

/** @throws StartError, one line, when it is to go on with a run that this one cannot go on with */
export async function openRun(options: OpenRunOptions, plans: SubjectPlan[], k6: string | undefined): Promise<OpenRun> {
  const { file, isResumed, log } = options;
  if (!isResumed) {
    const bundle = openBundle(file);
    bundle.keep(await headerOf(options, plans, k6));
    return { bundle, seed: options.seed, kept: [] };
  }
  const { kept, ...bundle } = reopenBundle(file);
  const [{ seed }] = kept;
  const changed = changedSince(kept[0], await headerOf({ ...options, seed }, plans, k6));
  if (changed) {
    bundle.close();
    throw new StartError(`${file} was begun with another ${changed}: go on where it was begun, or without --resume`);
  }
  log(`going on with ${file}, behind its first ${kept.length} records`);
  return { bundle, seed, kept };
}
