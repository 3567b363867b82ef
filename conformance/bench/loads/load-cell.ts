import { quantile } from '../statistics/bootstrap.ts';
import type { Loop, Sample } from '../k6/scenarios/order.ts';
import type { Latency, Load } from '../study/records.ts';
import { histogramOf } from './histogram.ts';
import type { LoadSeen } from './run-load.ts';

type Numbers = Pick<
  Load,
  | 'durationMs'
  | 'sent'
  | 'dropped'
  | 'failures'
  | 'compared'
  | 'mismatches'
  | 'cpu'
  | 'startLag'
  | 'fromIntendedStart'
  | 'fromSending'
>;

/** What is kept of a load: an answer that never came is a failure. */
export function loadNumbers(loop: Loop, seen: LoadSeen): Numbers {
  const { samples, started, compared, mismatches, cpu } = seen;
  return {
    durationMs: secondsOf(loop) * 1000,
    sent: started,
    dropped: droppedOf(loop, started),
    failures: samples.reduce((sum, [, , , isFailure]) => sum + isFailure, started - samples.length),
    compared,
    mismatches,
    cpu,
    startLag: lagOf(samples),
    fromIntendedStart: histogramOf(samples.map(([, lag, micros]) => lag * 1000 + micros)),
    fromSending: histogramOf(samples.map(([, , micros]) => micros)),
  };
}

export function secondsOf(loop: Loop): number {
  return loop.kind === 'closed' ? loop.seconds : loop.stages.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** k6 drops a request when no virtual user is free; the one that is due as a stage ends may leave or not. */
export function droppedOf(loop: Loop, started: number): number {
  if (loop.kind === 'closed') return 0;
  const due = loop.stages.reduce((sum, { ratePerSecond, seconds }) => sum + ratePerSecond * seconds, 0);
  return Math.max(0, due - started);
}

function lagOf(samples: readonly Sample[]): Latency {
  const sorted = Float64Array.from(samples, ([, lag]) => lag).sort();
  const at = (share: number): number => (sorted.length === 0 ? 0 : Math.round(quantile(sorted, share) * 1000) / 1000);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
