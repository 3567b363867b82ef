import { monitorEventLoopDelay } from 'node:perf_hooks';

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

type Series = { labels: string; buckets: number[]; count: number; sum: number };

/** By route, method and status: what one path and one method can answer is a handful. */
const series = new Map<string | null, Map<string, Series>>();

/** Milliseconds between two looks; what is measured holds them. */
const resolution = 20;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();

export function observeRequest(route: string | null, method: string, status: number, ms: number): void {
  let ofRoute = series.get(route);
  if (!ofRoute) series.set(route, (ofRoute = new Map()));
  const key = method + status;
  let found = ofRoute.get(key);
  if (!found) {
    const labels = `method="${method}",route="${route ?? 'unknown'}",status="${status}"`;
    ofRoute.set(key, (found = { labels, buckets: bounds.map(() => 0), count: 0, sum: 0 }));
  }
  const seconds = ms / 1000;
  found.count += 1;
  found.sum += seconds;
  for (let index = bounds.length - 1; index >= 0 && seconds <= (bounds[index] ?? 0); index -= 1) {
    found.buckets[index] = (found.buckets[index] ?? 0) + 1;
  }
}

const name = 'http_request_duration_seconds';

function histogramLines({ labels, buckets, count, sum }: Series): string[] {
  return [
    ...bounds.map((bound, index) => `${name}_bucket{le="${bound}",${labels}} ${buckets[index]}`),
    `${name}_bucket{le="+Inf",${labels}} ${count}`,
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${count}`,
  ];
}

export type Gauges = { idle: number; total: number; waiting: number; streams: number };

/** Everything in Prometheus' text format. */
export function metricsText({ idle, total, waiting, streams }: Gauges): string {
  const { user, system } = process.cpuUsage();
  const lag = Math.max(0, delay.mean / 1e6 - resolution) / 1_000;
  const lines = [
    `# TYPE ${name} histogram`,
    ...[...series.values()].flatMap((ofRoute) => [...ofRoute.values()].flatMap(histogramLines)),
    '# TYPE nodejs_eventloop_lag_seconds gauge',
    `nodejs_eventloop_lag_seconds ${lag || 0}`,
    '# TYPE database_pool_connections gauge',
    `database_pool_connections{state="idle"} ${idle}`,
    `database_pool_connections{state="busy"} ${total - idle}`,
    `database_pool_connections{state="waiting"} ${waiting}`,
    '# TYPE event_streams_open gauge',
    `event_streams_open ${streams}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(user + system) / 1e6}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
  ];
  return `${lines.join('\n')}\n`;
}
