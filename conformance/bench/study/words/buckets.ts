import type { Timeline } from '../records.ts';

type Second = Timeline['points'][number];
/** Some seconds of a timeline as one: means, and of what hurts the worst. Null numbers where requests were dropped. */
export type Bucket = {
  second: number;
  seconds: number;
  dropped: number;
  failures: number;
  requestsPerSecond: number;
  p99: number;
  residentBytes: number;
  eventLoopDelayP99: number;
  collectionMs: number;
};

/** A timeline in at most `most` buckets of equally many seconds. */
export function inBuckets(points: readonly Second[], most: number): Bucket[] {
  const size = Math.max(1, Math.ceil(points.length / most));
  const count = Math.ceil(points.length / size);
  return Array.from({ length: count }, (_, index) => bucketOf(points.slice(index * size, (index + 1) * size)));
}

function bucketOf(points: readonly Second[]): Bucket {
  const sum = (key: keyof Second) => points.reduce((total, point) => total + point[key], 0);
  const most = (key: keyof Second) => points.reduce((worst, point) => Math.max(worst, point[key]), 0);
  return {
    second: points[0]?.second ?? 0,
    seconds: points.length,
    dropped: sum('dropped'),
    failures: sum('failures'),
    requestsPerSecond: sum('requests') / points.length,
    p99: most('p99'),
    residentBytes: most('residentBytes'),
    eventLoopDelayP99: most('eventLoopDelayP99'),
    collectionMs: sum('collectionMs') / points.length,
  };
}
