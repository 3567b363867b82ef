import type { Findings } from '../ledger/audit.ts';
import type { Act } from './act.ts';
import { type FailedRequest, forbiddenFailures, mayBeCrowding, percentile, since, type Tally } from './tally.ts';

/** What one act came to; times in milliseconds. One line of the raw data. */
export type ActCounts = {
  type: 'act';
  backend: string;
  kind: Act['kind'];
  act: string;
  /** For how long after the first step requests may fail; null: not at all. */
  statedMs: number | null;
  requestsSent: number;
  requestsPerSecond: number;
  failed: number;
  /** Of them, those that may not fail: too early, too late, or otherwise than stated. */
  failedWrongly: number;
  /** From the first step to the last failure; null without one. */
  lastFailureMs: number | null;
  sentAgain: number;
  retriedByBalancer: number;
  latestSendMs: number;
  /** How much of the machine was idle, from 0 to 1. */
  idleShare: number;
  writesAcknowledged: number;
  writesReadBack: number;
  streamsOpen: number;
  streamsResumed: number;
  eventsTold: number;
  eventsLost: number;
  doubled: number;
  outOfOrder: number;
  longestStreamGapMs: number;
  longestSilenceMs: number;
  p50Ms: number;
  p99Ms: number;
  longestMs: number;
  /** All that was wrong are requests that were refused or waited too long. */
  mayBeCrowding: boolean;
  /** Everything that was wrong, in words, the first failed requests among it. */
  problems: string[];
};

export type Played = {
  backend: string;
  act: Pick<Act, 'kind' | 'name' | 'withinMs' | 'refusalsOnly'>;
  tally: Tally;
  stored: Findings;
  streams: Findings;
  problems: string[];
  events: number;
  streamCount: number;
  retriedByBalancer: number;
};

const SHOWN_FAILURES = 10;

export function countsOf(played: Played): ActCounts {
  const { act, tally, stored, streams } = played;
  const disturbedAt = tally.marks[0]?.at;
  const bounds = { disturbedAt, withinMs: act.withinMs ?? 0, refusalsOnly: act.refusalsOnly };
  const wrong = act.withinMs === null ? tally.failures : forbiddenFailures(tally.failures, { ...bounds, disturbedAt });
  const found = [...problemsOf(stored), ...problemsOf(streams), ...played.problems];
  const lastFailureAt = Math.max(...tally.failures.map(({ endedAt }) => endedAt));
  return {
    type: 'act',
    backend: played.backend,
    kind: act.kind,
    act: act.name,
    statedMs: act.withinMs,
    requestsSent: tally.sent,
    requestsPerSecond: Math.round(tally.sent / tally.seconds),
    failed: tally.failures.length,
    failedWrongly: wrong.length,
    lastFailureMs:
      tally.failures.length === 0 || disturbedAt === undefined ? null : Math.round(lastFailureAt - disturbedAt),
    sentAgain: tally.sentAgain,
    retriedByBalancer: played.retriedByBalancer,
    latestSendMs: Math.round(tally.latestSendMs),
    idleShare: Math.round(tally.idleShare * 100) / 100,
    writesAcknowledged: tally.writes,
    writesReadBack: tally.writes - stored.lost.length,
    streamsOpen: played.streamCount,
    streamsResumed: tally.resumed,
    eventsTold: played.events,
    eventsLost: streams.lost.length,
    doubled: stored.doubled.length + streams.doubled.length,
    outOfOrder: streams.outOfOrder.length,
    longestStreamGapMs: Math.round(tally.longestStreamGapMs),
    longestSilenceMs: Math.round(tally.longestSilenceMs),
    p50Ms: Math.round(percentile(tally.latenciesMs, 0.5)),
    p99Ms: Math.round(percentile(tally.latenciesMs, 0.99)),
    longestMs: Math.round(percentile(tally.latenciesMs, 1)),
    mayBeCrowding: wrong.every(mayBeCrowding) && found.length === 0,
    problems: [...wrong.slice(0, SHOWN_FAILURES).map((failure) => failureWords(failure, tally)), ...found],
  };
}

function problemsOf({ lost, doubled, outOfOrder, overlaps }: Findings): string[] {
  return [...lost, ...doubled, ...outOfOrder, ...overlaps];
}

function failureWords({ method, path, sentAt, endedAt, answer }: FailedRequest, { marks }: Tally): string {
  return `${method} ${path} → ${answer}; sent ${since(marks, sentAt)}, failed ${since(marks, endedAt)}`;
}

/** Whether nothing of it was wrong. */
export function isClean(counts: ActCounts): boolean {
  return counts.failedWrongly === 0 && counts.problems.length === 0;
}
