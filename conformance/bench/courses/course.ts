import type { Sample, Stage } from '../k6/scenarios/order.ts';
import type { RuntimeSecond } from '../probes/runtime.ts';
import { rounded } from '../slices/measure.ts';
import { quantile } from '../statistics/bootstrap.ts';
import type { Timeline } from '../study/records.ts';
import type { ProcessMoment } from './watch-process.ts';

type Point = Timeline['points'][number];

export type CourseSeen = {
  stages: readonly Stage[];
  samples: readonly Sample[];
  /** When the load began, in milliseconds since 1970. */
  beganAt: number;
  process: readonly ProcessMoment[];
  runtime: readonly RuntimeSecond[];
};

/** Second by second what was asked, how it was answered from the intended start, and what that cost the server. */
export function pointsOf({ stages, samples, beganAt, process, runtime }: CourseSeen): Point[] {
  const bySecond = Map.groupBy(samples, ([due]) => Math.floor(due / 1000));
  return droppedOf(stages, bySecond).map((dropped, second): Point => {
    const own = bySecond.get(second) ?? [];
    const times = Float64Array.from(own, ([, lag, micros]) => lag + micros / 1000).sort();
    const at = (share: number): number => (times.length === 0 ? 0 : rounded(quantile(times, share)));
    const from = beganAt + second * 1000;
    const isIn = (one: { at: number }): boolean => one.at > from && one.at <= from + 1000;
    const told = runtime.filter(isIn);
    const seen = process.filter(isIn);
    return {
      second,
      requests: own.length,
      failures: own.reduce((sum, [, , , isFailure]) => sum + isFailure, 0),
      dropped,
      p50: at(0.5),
      p99: at(0.99),
      serverCpuMs: rounded(seen.reduce((sum, { cpuMs }) => sum + cpuMs, 0)),
      residentBytes: Math.max(0, ...seen.map(({ residentBytes }) => residentBytes)),
      eventLoopDelayP99: rounded(Math.max(0, ...told.map(({ eventLoopDelayP99 }) => eventLoopDelayP99))),
      collectionMs: rounded(told.reduce((sum, { collectionMs }) => sum + collectionMs, 0)),
    };
  });
}

/**
 * By second, what did not leave. k6 numbers the requests that did, so after one that did not it is unknown when the others
 * were due: their whole stage does not count.
 */
function droppedOf(stages: readonly Stage[], bySecond: ReadonlyMap<number, readonly Sample[]>): number[] {
  let first = 0;
  return stages.flatMap(({ ratePerSecond, seconds }) => {
    const places = Array.from({ length: seconds }, (_, index) => first + index);
    first += seconds;
    const left = places.reduce((sum, second) => sum + (bySecond.get(second)?.length ?? 0), 0);
    // The one that is due as a stage ends may leave or not.
    const dropped = Math.max(0, ratePerSecond * seconds - left - 1);
    return places.map(() => Math.ceil(dropped / seconds));
  });
}
