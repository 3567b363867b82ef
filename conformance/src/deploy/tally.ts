import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/** A request that was not answered as it should be; instants are milliseconds of `performance.now()`. */
export type FailedRequest = {
  method: string;
  path: string;
  sentAt: number;
  endedAt: number;
  /** The answer, or why there was none, on one line. */
  answer: string;
  /** Whether it was a 503 that says when to come again. */
  isRefusal: boolean;
};

/** What was done to the replicas and when, in milliseconds of `performance.now()`. */
export type Mark = { at: number; what: string };

/** All that is counted while one act is played. */
export class Tally {
  readonly startedAt = performance.now();
  readonly latenciesMs: number[] = [];
  readonly failures: FailedRequest[] = [];
  readonly marks: Mark[] = [];
  sent = 0;
  /** Reads that were sent a second time, on a new connection, since the kept one was closed before an answer came. */
  sentAgain = 0;
  /** The longest that a request was sent after it was due: how far the machine fell behind. */
  latestSendMs = 0;
  writes = 0;
  resumed = 0;
  longestStreamGapMs = 0;
  longestSilenceMs = 0;
  /** How much of the machine was idle, from 0 to 1: what nobody had left, neither these processes nor others. */
  idleShare = 1;
  readonly #cpuBefore = cpuTimes();
  #closedAt: number | undefined;
  #lastSuccessAt = this.startedAt;

  mark(what: string): void {
    this.marks.push({ at: performance.now(), what });
  }

  sending(dueAt: number): void {
    this.sent += 1;
    this.latestSendMs = Math.max(this.latestSendMs, performance.now() - dueAt);
  }

  succeeded(dueAt: number): void {
    const now = performance.now();
    this.latenciesMs.push(now - dueAt);
    this.#endSilence(now);
  }

  failed(failure: Omit<FailedRequest, 'endedAt'>): void {
    this.failures.push({ ...failure, endedAt: performance.now() });
  }

  /** A stream that had ended is open again. */
  resume(gapMs: number): void {
    this.resumed += 1;
    this.longestStreamGapMs = Math.max(this.longestStreamGapMs, gapMs);
  }

  /** No more requests come: a silence that goes on counts as well. */
  close(): void {
    this.#closedAt = performance.now();
    this.#endSilence(this.#closedAt);
    const now = cpuTimes();
    this.idleShare = (now.idle - this.#cpuBefore.idle) / Math.max(1, now.all - this.#cpuBefore.all);
  }

  /** How long requests came, in seconds. */
  get seconds(): number {
    return ((this.#closedAt ?? performance.now()) - this.startedAt) / 1000;
  }

  #endSilence(now: number): void {
    this.longestSilenceMs = Math.max(this.longestSilenceMs, now - this.#lastSuccessAt);
    this.#lastSuccessAt = now;
  }
}

function cpuTimes(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]): number => values.reduce((total, one) => total + one, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((one) => Object.values(one))) };
}

/** The value below which that share of the numbers lies, by nearest rank; 0 of none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export type Bounds = {
  /** The first step, in milliseconds of `performance.now()`; undefined before it. */
  disturbedAt: number | undefined;
  /** Requests may fail for so long after it; null: not at all. */
  withinMs: number | null;
  /** Nothing but 503 with Retry-After counts as a permitted failure. */
  refusalsOnly: boolean;
};

/** The failures that are not permitted: all where nothing may fail, else those too early, too late or of another kind. */
export function forbiddenFailures(failures: readonly FailedRequest[], bounds: Bounds): FailedRequest[] {
  const { disturbedAt = Infinity, withinMs, refusalsOnly } = bounds;
  if (withinMs === null) return [...failures];
  return failures.filter(
    ({ endedAt, isRefusal }) =>
      endedAt < disturbedAt || endedAt > disturbedAt + withinMs || (refusalsOnly && !isRefusal),
  );
}

/** Refused for a while, or waited for too long: what a machine without room does as well. A closed connection is neither. */
export function mayBeCrowding({ answer, isRefusal }: FailedRequest): boolean {
  return isRefusal || /no answer within|timeout/i.test(answer);
}

/** When something happened, in words: so long after the last mark before it. */
export function since(marks: readonly Mark[], at: number): string {
  const last = marks.findLast((mark) => mark.at <= at);
  return last ? `${((at - last.at) / 1000).toFixed(2)} s after ${last.what}` : 'before anything was done';
}
