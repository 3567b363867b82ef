import { painter } from '../../report/colour.ts';
import { duration, visible } from '../../report/text.ts';
import { type ActCounts, isClean } from './counts.ts';
import type { DeployOutcome } from './deploy.ts';

const number = (value: number): string => value.toLocaleString('en');

type Row = [name: string, value: (counts: ActCounts) => string];

const ROWS: Row[] = [
  ['requests sent', (counts) => number(counts.requestsSent)],
  ['requests a second', (counts) => number(counts.requestsPerSecond)],
  ['failed', (counts) => number(counts.failed)],
  ['  may fail until', ({ statedMs }) => (statedMs === null ? 'never' : duration(statedMs))],
  ['  the last one after', ({ lastFailureMs }) => (lastFailureMs === null ? '-' : duration(lastFailureMs))],
  ['  not as stated', (counts) => number(counts.failedWrongly)],
  ['reads sent again', (counts) => number(counts.sentAgain)],
  ['connections tried again', (counts) => number(counts.retriedByBalancer)],
  ['writes acknowledged', (counts) => number(counts.writesAcknowledged)],
  ['writes read back', (counts) => number(counts.writesReadBack)],
  ['events told', (counts) => number(counts.eventsTold)],
  ['events lost', (counts) => number(counts.eventsLost)],
  ['doubled', (counts) => number(counts.doubled)],
  ['out of order', (counts) => number(counts.outOfOrder)],
  ['streams open', (counts) => number(counts.streamsOpen)],
  ['streams resumed', (counts) => number(counts.streamsResumed)],
  ['longest gap of a stream', (counts) => duration(counts.longestStreamGapMs)],
  ['longest without an answer', (counts) => duration(counts.longestSilenceMs)],
  ['latency p50', (counts) => duration(counts.p50Ms)],
  ['latency p99', (counts) => duration(counts.p99Ms)],
  ['latency, the longest', (counts) => duration(counts.longestMs)],
  ['machine idle', (counts) => `${Math.round(counts.idleShare * 100)} %`],
  ['sent late by at most', (counts) => duration(counts.latestSendMs)],
];
const MOST_PROBLEMS = 20;

/** The counts of one backend for a terminal: a column an act, then what was wrong. */
export function renderDeploy({ acts, end }: DeployOutcome, { isColoured }: { isColoured: boolean }): string {
  const paint = painter(isColoured);
  const nameWidth = Math.max(...ROWS.map(([name]) => name.length));
  const line = (name: string, values: string[]): string =>
    `  ${name.padEnd(nameWidth)}${values.map((value, index) => value.padStart(widthOf(acts[index]))).join('')}`;
  const rows = ROWS.map(([name, value]) => line(name, acts.map(value)));
  const head = line('', acts.map(headingOf));
  const again = `  read again at the end: ${number(end.writesReadBack)} of ${number(end.writesAcknowledged)} writes; events lost ${end.eventsLost}, doubled ${end.doubled}, out of order ${end.outOfOrder}`;
  const problems = [...acts.flatMap((act) => act.problems.map((problem) => `${act.act}: ${problem}`)), ...end.problems];
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => paint('red', `  ✗ ${visible(problem)}`));
  const more = problems.length > MOST_PROBLEMS ? [`  and ${problems.length - MOST_PROBLEMS} more, in the counts`] : [];
  const lines = [paint('bold', end.backend), paint('dim', head), ...rows, again];
  return `\n${[...lines, ...shown, ...more].join('\n')}\n`;
}

function headingOf({ kind, act }: ActCounts): string {
  return kind === 'replacement' ? act.replace(/^replaced by /, 'to ') : kind;
}

function widthOf(act: ActCounts | undefined): number {
  return Math.max(11, (act ? headingOf(act).length : 0) + 3);
}

/** Less of a machine than this is nothing left: it cannot be told who had to wait for whom. */
const LEAST_IDLE = 0.05;

/**
 * The last word in one sentence, and the exit code: 0 everything held; 1 it did not; 2 requests were refused or waited too
 * long, but only while the machine had nothing left, which may be others' fault. Nothing else ever is.
 */
export function verdictOf(outcomes: readonly DeployOutcome[]): { exitCode: 0 | 1 | 2; sentence: string } {
  const acts = outcomes.flatMap((outcome) => outcome.acts);
  const isGood = acts.every(isClean) && outcomes.every(({ end }) => end.problems.length === 0);
  const counts = countWords(acts, outcomes.map(({ end }) => end.backend).join(' and '));
  if (isGood) return { exitCode: 0, sentence: `holds: ${counts}` };
  const isCrowded = acts.every((act) => isClean(act) || (act.mayBeCrowding && act.idleShare < LEAST_IDLE));
  if (!isCrowded || hasLosses(outcomes)) return { exitCode: 1, sentence: `does not hold: ${counts}` };
  const reason = 'meanwhile the machine had no CPU left; end what else runs, or take a lower --rate';
  return { exitCode: 2, sentence: `could not judge: ${counts}; but ${reason}` };
}

function hasLosses(outcomes: readonly DeployOutcome[]): boolean {
  return outcomes.some(({ acts, end }) =>
    [...acts, end].some(
      (one) => one.writesReadBack < one.writesAcknowledged || one.eventsLost + one.doubled + one.outOfOrder > 0,
    ),
  );
}

function countWords(acts: readonly ActCounts[], names: string): string {
  const planned = acts.filter(({ kind }) => kind === 'replacement');
  const sum = (of: readonly ActCounts[], value: (counts: ActCounts) => number): number =>
    of.reduce((total, one) => total + value(one), 0);
  const lost = sum(acts, (one) => one.writesAcknowledged - one.writesReadBack + one.eventsLost);
  const doubled = sum(acts, (one) => one.doubled);
  const [failed, sent] = [sum(planned, (one) => one.failed), sum(planned, (one) => one.requestsSent)];
  const others = sum(acts, (one) => one.failedWrongly) - failed;
  return `${planned.length} planned replacements of ${names}: ${number(failed)} failed of ${number(sent)} requests, ${lost} lost, ${doubled} doubled; beyond what is stated for a kill and a restart: ${number(others)} failed`;
}
