import type { Timeline } from '../records.ts';
import { mebibytes, median, milliseconds } from './figures.ts';

type Second = Timeline['points'][number];

/** A stretch of a timeline as numbers; times are of its seconds, null where requests were dropped. */
export type Stretch = {
  name: string;
  ratePerSecond: number;
  share: number;
  failures: number;
  dropped: number;
  /** The median of the seconds' p99, and the worst of them. */
  p99: { typical: number; worst: number } | null;
  /** The median of the seconds. */
  residentBytes: number;
  eventLoopDelayP99: number;
};

const SPIKE = ['before', 'spike', 'after'];
/** A spike is over when p99 is back at no more than this many times what it was before. */
const BACK = 2;

/** The three stages of a spike; of a soak its first and its last third. */
export function stretchesOf({ scenario, stages, points }: Timeline): Stretch[] {
  if (scenario === 'soak') {
    const third = Math.ceil(points.length / 3);
    const [stage] = stages;
    return [stretch('first third', stage, points.slice(0, third)), stretch('last third', stage, points.slice(-third))];
  }
  let first = 0;
  return stages.map((stage, index) => {
    const own = points.slice(first, first + stage.seconds);
    first += stage.seconds;
    return stretch(SPIKE[index] ?? `stage ${index + 1}`, stage, own);
  });
}

/** How many seconds after the spike p99 was back; null: it was not, or that is not known. */
export function recoverySeconds({ stages, points }: Timeline): number | null {
  const [before, high] = stages;
  if (!before || !high) return null;
  const calm = median(points.slice(0, before.seconds).map(({ p99 }) => p99));
  const after = points.slice(before.seconds + high.seconds);
  const back = after.findIndex(({ p99, requests, dropped }) => requests > 0 && dropped === 0 && p99 <= BACK * calm);
  return back === -1 ? null : back;
}

/** `backend-a: p99 2.1 ms before, 40 ms at 8 times the rate, back after 2 s`. */
export function spikeWords(timeline: Timeline): string {
  const [before, high] = stretchesOf(timeline);
  if (!before?.p99 || !high)
    return `${timeline.subject}: requests were dropped before the spike, so nothing is told of it`;
  const times = Math.round(high.ratePerSecond / before.ratePerSecond);
  const most = high.p99 ? `up to ${milliseconds(high.p99.worst)}` : `${high.dropped} requests that could not leave`;
  const back = recoverySeconds(timeline);
  const end = back === null ? 'not back by the end' : back === 0 ? 'back at once' : `back after ${back}\u00a0s`;
  return `${timeline.subject}: p99 ${milliseconds(before.p99.typical)} before, ${most} at ${times} times the rate, ${end}`;
}

/** `backend-a: p99 2.1 ms in the first third, 2.2 ms in the last; memory 120 MiB, 124 MiB`. */
export function soakWords(timeline: Timeline): string {
  const [first, last] = stretchesOf(timeline);
  if (!first?.p99 || !last?.p99) return `${timeline.subject}: requests were dropped, so nothing is told of it`;
  const memory = [first, last].map(({ residentBytes }) => mebibytes(residentBytes)).join(', ');
  const times = `p99 ${milliseconds(first.p99.typical)} in the first third, ${milliseconds(last.p99.typical)} in the last`;
  return `${timeline.subject}: ${times}; memory ${memory}`;
}

function stretch(name: string, stage: Timeline['stages'][number] | undefined, seconds: readonly Second[]): Stretch {
  const sum = (of: (second: Second) => number): number => seconds.reduce((total, second) => total + of(second), 0);
  const all = (of: (second: Second) => number): number[] => seconds.map(of);
  const dropped = sum((second) => second.dropped);
  const times = all(({ p99 }) => p99);
  return {
    name,
    ratePerSecond: stage?.ratePerSecond ?? 0,
    share: stage?.share ?? 0,
    failures: sum(({ failures }) => failures),
    dropped,
    p99: dropped > 0 || times.length === 0 ? null : { typical: median(times), worst: Math.max(...times) },
    residentBytes: median(all(({ residentBytes }) => residentBytes)),
    eventLoopDelayP99: median(all(({ eventLoopDelayP99 }) => eventLoopDelayP99)),
  };
}
