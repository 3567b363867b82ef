import type { Exchange, Failure, Measurement } from '../../report/stream.ts';
import type { RuleId } from '@duet/contract/rules';
import type { Mark } from '../coverage/marks.ts';

export type RecordedViolation = { rule: RuleId; failure: Failure; exchange: Exchange };

/** What one test did and found: handed from the worker to the runner with the test's result. */
export type Recording = {
  requests: number;
  judged: number;
  exchanges: Exchange[];
  violations: RecordedViolation[];
  measurements: Measurement[];
  /** What of the contract it showed that no test of this worker had shown before. */
  seen: Mark[];
};

const KEPT_EXCHANGES = 12;
const KEPT_VIOLATIONS = 25;

/** Most answers show the same of the contract: each mark leaves the worker once. */
const told = new Set<Mark>();

/** Tests of one file run one after the other, so the recording at hand is always the running test's. */
let current = emptyRecording();

export function startRecording(): Recording {
  const carried = current;
  current = emptyRecording();
  // What was sent while the file was set up belongs to its first test.
  current.requests += carried.requests;
  current.judged += carried.judged;
  current.violations.push(...carried.violations);
  current.seen.push(...carried.seen);
  return current;
}

export function stopRecording(): void {
  current = emptyRecording();
}

export function recordAnswer(
  exchange: Exchange,
  violations: { rule: RuleId; failure: Failure }[],
  marks: readonly Mark[],
): void {
  current.requests += 1;
  current.judged += 1;
  keep(exchange);
  recordViolations(exchange, violations);
  recordMarks(marks);
}

/** What of the contract was shown by an answer, or by an event of a stream. */
export function recordMarks(marks: readonly Mark[]): void {
  for (const mark of marks) {
    if (told.has(mark)) continue;
    told.add(mark);
    current.seen.push(mark);
  }
}

/** What a part of an answer breaks that came after its head was judged: an event of a stream. */
export function recordViolations(exchange: Exchange, violations: { rule: RuleId; failure: Failure }[]): void {
  for (const violation of violations) {
    const known = current.violations.some(
      (other) => other.rule === violation.rule && other.failure.key === violation.failure.key,
    );
    if (!known && current.violations.length < KEPT_VIOLATIONS) current.violations.push({ ...violation, exchange });
  }
}

/** A request that got no answer is recorded, and is not judged. */
export function recordSilence(exchange: Exchange): void {
  keep(exchange);
}

export function recordMeasurement(measurement: Measurement): void {
  current.measurements.push(measurement);
}

function keep(exchange: Exchange): void {
  current.exchanges.push(exchange);
  if (current.exchanges.length > KEPT_EXCHANGES) current.exchanges.shift();
}

function emptyRecording(): Recording {
  return { requests: 0, judged: 0, exchanges: [], violations: [], measurements: [], seen: [] };
}
