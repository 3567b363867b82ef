import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProgress } from '../../report/progress.ts';
import { openStream, type ResultRecord } from '../../report/stream.ts';
import type { KnownEntry } from '../runner/known-failures.ts';
import { runSuite } from '../runner/run.ts';
import { CouldNotJudge, type SuiteTarget } from '../target.ts';
import { unlessAborted } from './interruption.ts';
import { watchTargets } from './watchdog.ts';

export type JudgingOptions = {
  targets: SuiteTarget[];
  rules: string[];
  level?: 'MUST' | 'SHOULD' | undefined;
  seed?: number | undefined;
  /** Test files at a time, of each target. */
  jobs?: number | undefined;
  /** What is known to fail, or to be flaky. */
  known?: readonly KnownEntry[] | undefined;
  /** The folder for results.ndjson. */
  out: string;
  /** The command line as typed. */
  words: string[];
  /** Aborted by the user: the run is dropped. */
  signal: AbortSignal;
  /** Resolves when a server that we started ends by itself: the run is cut short. */
  died?: Promise<string> | undefined;
};

export type Judged = { records: ResultRecord[]; exitCode: 0 | 1 | 2; trouble?: string };

/** How long tests that are under way may take to notice that their target is gone. */
const unwindMs = 20_000;

/**
 * Runs the suite once, showing progress on stderr and streaming the records to a file.
 * @throws Interrupted when the user ends it; CouldNotJudge when no rule is selected.
 */
export async function judge(options: JudgingOptions): Promise<Judged> {
  const over = new AbortController();
  const lost = new AbortController();
  const losses = [watchTargets(options.targets, over.signal), ...(options.died ? [options.died] : [])];
  for (const loss of losses) void loss.then((sentence) => lost.abort(new CouldNotJudge(sentence)));
  const records: ResultRecord[] = [];
  const stream = openStream(path.join(options.out, 'results.ndjson'));
  const progress = startProgress({ stream: process.stderr, environment: process.env });
  const suite = runSuite({
    targets: options.targets,
    rules: options.rules,
    level: options.level,
    seed: options.seed,
    jobs: options.jobs,
    known: options.known,
    command: redactedCommand(options.words),
    signal: AbortSignal.any([options.signal, lost.signal]),
    onRecord(record) {
      if (over.signal.aborted) return; // After an interruption tests that were under way still report.
      records.push(record);
      stream.write(record);
      progress.record(record);
    },
  });
  try {
    const { exitCode } = await unlessAborted(options.signal, unlessGone(suite, lost.signal));
    return { records, exitCode, ...(exitCode === 2 && (await troubleOf(records, options.died))) };
  } finally {
    over.abort();
    progress.stop();
    stream.close();
  }
}

/** A dead server's own words say more than a test that got no answer from it, but may come a moment later. */
async function troubleOf(records: ResultRecord[], died: Promise<string> | undefined): Promise<{ trouble: string }> {
  const verdicts = records.filter((record) => record.type === 'verdict');
  const reasons = verdicts.flatMap(({ target, reason }) =>
    reason ? [reason.includes(target) ? reason : `${target}: ${reason}`] : [],
  );
  const death = await Promise.race([died, pause(300, undefined)]);
  return { trouble: death ? `${death}: the run was cut short` : [...new Set(reasons)].join('; ') };
}

async function unlessGone<Result>(suite: Promise<Result>, lost: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  lost.addEventListener('abort', () => setTimeout(() => reject(lost.reason), unwindMs).unref(), { once: true });
  return Promise.race([suite, promise]);
}

/** The command line for the report, without what must not be in one. */
export function redactedCommand(words: readonly string[]): string {
  const isSecret = (word: string | undefined): boolean => word === '--invite-code' || word === '--header';
  const shown = words.map((word, index) => {
    if (isSecret(words[index - 1])) return '[redacted]';
    return word.replace(/^(--invite-code|--header)=.*$/s, '$1=[redacted]');
  });
  return [
    'duet',
    ...shown.map((word) => (/^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)),
  ].join(' ');
}
