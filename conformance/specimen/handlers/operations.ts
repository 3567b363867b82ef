import { performance } from 'node:perf_hooks';
import { contractVersion } from '../contract.ts';
import type { OpenHandler } from '../context.ts';
import { json, Refusal } from '../reply.ts';

export const getMeta: OpenHandler = ({ behaviour, replica }) =>
  json(
    200,
    behaviour.meta(
      {
        service: 'specimen',
        framework: 'node:http',
        orm: 'none, all in memory',
        runtime: `Node.js ${process.versions.node}`,
        contractVersion,
        videoProvider: 'peer',
        conformanceClock: true,
      },
      replica,
    ),
  );

const unavailable = () =>
  new Refusal('service-unavailable', 'The server cannot work at the moment; try again.', {
    headers: { 'retry-after': '1' },
  });

export const getLiveness: OpenHandler = ({ behaviour }) => {
  if (!behaviour.isAlive()) throw unavailable();
  return json(200, { status: 'ok' });
};

export const getReadiness: OpenHandler = ({ behaviour, replica }) => {
  if (!behaviour.isReady(replica)) throw unavailable();
  return json(200, { status: 'ok' });
};

const series = (name: string, value: number | Record<string, number>) =>
  typeof value === 'number'
    ? [`${name} ${value}`]
    : Object.entries(value).map(([labels, one]) => `${name}{${labels}} ${one}`);
const family = (type: string) => (name: string, help: string, value: number | Record<string, number>) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...series(name, value),
];
const gauge = family('gauge');
const counter = family('counter');
const poolStates = { 'state="idle"': 0, 'state="busy"': 0, 'state="waiting"': 0 };

export const getMetrics: OpenHandler = ({ behaviour, world }) => {
  const { user, system } = process.cpuUsage();
  const lines = [
    ...durations(world.requestDurations),
    ...gauge(
      'nodejs_eventloop_lag_seconds',
      'Event loop lag in seconds.',
      performance.eventLoopUtilization().utilization / 1000,
    ),
    ...gauge('database_pool_connections', 'Connections of the pool by state.', poolStates),
    ...gauge('event_streams_open', 'Open event streams.', world.openStreams.size),
    ...counter('process_cpu_seconds_total', 'CPU time of the process in seconds.', (user + system) / 1e6),
    ...gauge('process_resident_memory_bytes', 'Resident memory in bytes.', process.memoryUsage.rss()),
  ];
  const body = `${behaviour.reportedMetrics(lines).join('\n')}\n`;
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body };
};

function durations(measured: Map<string, { count: number; seconds: number }>): string[] {
  const name = 'http_request_duration_seconds';
  const lines = [...measured].flatMap(([labels, { count, seconds }]) => [
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${seconds}`,
    `${name}_count{${labels}} ${count}`,
  ]);
  return [`# HELP ${name} Duration of requests in seconds.`, `# TYPE ${name} histogram`, ...lines];
}
