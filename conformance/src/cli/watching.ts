import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { wantsColour } from '../../report/colour.ts';
import { renderChanges } from '../../report/console-changes.ts';
import { compareRuns } from '../../report/run-changes.ts';
import { readStream, type ResultRecord, StreamError } from '../../report/stream.ts';
import { wordsOf } from '../stack/errors.ts';
import { CouldNotJudge } from '../target.ts';
import { nextChange } from './changed-files.ts';

export type Watching = {
  /** The folder whose changes start the next run. */
  folder: string;
  /** Where a run leaves its results.ndjson. */
  out: string;
  /** One run; all but the first follow a change. */
  run(isFirst: boolean): Promise<unknown>;
  signal: AbortSignal;
  /** In tests another than the file system's. */
  change?: (folder: string, signal: AbortSignal) => Promise<string>;
  /** How long a server may take to be back after a change, in milliseconds. */
  patienceMs?: number;
};

const BETWEEN_MS = 500;

/**
 * Runs, waits for a change, runs again, and so on, saying what changed from one run to the next.
 * @throws the signal's reason when it is aborted, which is how it ends; what the first run throws
 */
export async function keepRunning({
  folder,
  out,
  run,
  signal,
  change = nextChange,
  patienceMs = 30_000,
}: Watching): Promise<never> {
  await run(true);
  let before = recordsIn(out);
  for (;;) {
    process.stderr.write(`\nwatching ${path.resolve(folder)}, Ctrl-C ends it\n`);
    const file = await change(folder, signal);
    process.stderr.write(`${file} has changed\n`);
    await runPatiently(() => run(false), signal, patienceMs);
    const after = recordsIn(out);
    const isColoured = wantsColour(process.stdout, process.env);
    if (before && after) process.stdout.write(`\n${renderChanges(compareRuns(before, after), isColoured)}`);
    before = after ?? before;
  }
}

/** A server that starts anew is not there for a while. */
async function runPatiently(run: () => Promise<unknown>, signal: AbortSignal, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return void (await run());
    } catch (error) {
      if (signal.aborted || !(error instanceof CouldNotJudge)) throw error;
      if (performance.now() > until) return void process.stderr.write(`duet: ${wordsOf(error)}\n`);
      await pause(BETWEEN_MS, undefined, { ref: false });
    }
  }
}

/** None of a run that broke off. */
function recordsIn(out: string): ResultRecord[] | undefined {
  try {
    return readStream(path.join(out, 'results.ndjson'));
  } catch (error) {
    if (error instanceof StreamError) return undefined;
    throw error;
  }
}
