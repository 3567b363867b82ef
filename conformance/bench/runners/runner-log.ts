import { readFileSync } from 'node:fs';
import { StartError, wordsOf } from '../../src/stack/errors.ts';
import type { RunnerOrder, RunnerSeen } from '../k6/scenarios/order.ts';
import { histogramOf } from '../loads/histogram.ts';

/** What one runner of a distributed load saw. Histograms are texts of HDR histograms of microseconds. */
export type RunnerResult = {
  /** The log that it was read from. */
  file: string;
  order: RunnerOrder;
  /** When its load began, in milliseconds since 1970; null when it sent nothing. */
  beganAt: number | null;
  sent: number;
  /** Answers that were not the expected status, or never came. */
  failures: number;
  compared: number;
  mismatches: number;
  /** The first answer that was not what it had to be, in words. */
  complaint: string | null;
  /** How late requests left. */
  lag: string;
  fromIntendedStart: string;
  fromSending: string;
};

const AGAIN = 'keep its log again once the TestRun has finished';

/** @throws StartError, one line, for a file that is missing or that `parseRunnerLog` refuses */
export function readRunnerLog(file: string): RunnerResult {
  try {
    return parseRunnerLog(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${file} cannot be read: ${wordsOf(error)}; keep a runner's log by kubectl logs`, {
      cause: error,
    });
  }
}

/**
 * A runner's result from its log, in which k6 may have said other things too.
 * @throws StartError, one line that names the file, what is wrong with it and the way out
 */
export function parseRunnerLog(text: string, file: string): RunnerResult {
  const lines = text.split('\n').flatMap((line, index) => parseLine(line, `${file}, line ${index + 1}`) ?? []);
  const [order, another] = lines.filter((line) => line.kind === 'runner');
  const seen = lines.filter((line) => line.kind === 'seen');
  if (!order && seen.length > 0) throw new StartError(`${file} has lost its first lines: a smaller load fits in a log`);
  if (!order) throw new StartError(`${file} is no log of a runner: keep one by kubectl logs, with K6_LOG_FORMAT=raw`);
  if (another) throw new StartError(`${file} is of more than one runner: keep the log of each in a file of its own`);
  mustBeWhole(seen, file);
  return { file, order, ...summed(seen) };
}

function parseLine(line: string, where: string): RunnerOrder | RunnerSeen | undefined {
  if (!/^\{"kind":"(runner|seen)",/.test(line)) return undefined;
  try {
    return JSON.parse(line) as RunnerOrder | RunnerSeen;
  } catch (error) {
    throw new StartError(`${where} is cut off: ${AGAIN}`, { cause: error });
  }
}

/** Each virtual user says of how many it is one. */
function mustBeWhole(seen: readonly RunnerSeen[], file: string): void {
  const [first] = seen;
  if (!first) throw new StartError(`${file} ends before the load did: ${AGAIN}`);
  const { virtualUsers } = first;
  if (seen.length === virtualUsers) return;
  throw new StartError(`${file} is cut short: ${seen.length} of ${virtualUsers} virtual users told; ${AGAIN}`);
}

function summed(seen: readonly RunnerSeen[]): Omit<RunnerResult, 'file' | 'order'> {
  const sum = (of: (one: RunnerSeen) => number): number => seen.reduce((total, one) => total + of(one), 0);
  const samples = seen.flatMap((one) => one.samples);
  const sent = sum(({ started }) => started);
  const begins = seen.flatMap(({ beganAt }) => beganAt ?? []);
  return {
    beganAt: begins.length === 0 ? null : Math.min(...begins),
    sent,
    failures: samples.reduce((total, [, , , isFailure]) => total + isFailure, sent - samples.length),
    compared: sum(({ compared }) => compared),
    mismatches: sum(({ mismatches }) => mismatches),
    complaint: seen.find(({ complaint }) => complaint !== null)?.complaint ?? null,
    lag: histogramOf(samples.map(([, lag]) => lag * 1000)),
    fromIntendedStart: histogramOf(samples.map(([, lag, micros]) => lag * 1000 + micros)),
    fromSending: histogramOf(samples.map(([, , micros]) => micros)),
  };
}
