import { faults } from '../declare.ts';

const without = (pattern: RegExp) => (lines: string[]) => lines.filter((line) => !pattern.test(line));
const replacing = (pattern: RegExp, by: string) => (lines: string[]) => lines.map((line) => line.replace(pattern, by));

export default faults('operations/metrics', {
  'no-lag': {
    describe: 'the event-loop lag is missing',
    override: () => ({ reportedMetrics: without(/nodejs_eventloop_lag_seconds/) }),
  },
  'no-waiting': {
    describe: 'the waiting part of the pool is missing',
    override: () => ({ reportedMetrics: without(/state="waiting"/) }),
  },
  'no-streams': {
    describe: 'the number of open streams is missing',
    override: () => ({ reportedMetrics: without(/event_streams_open/) }),
  },
  'memory-in-megabytes': {
    describe: 'the memory is named otherwise',
    override: () => ({ reportedMetrics: replacing(/process_resident_memory_bytes/, 'process_memory_megabytes') }),
  },
  'no-status': {
    describe: 'durations have no status',
    override: () => ({ reportedMetrics: replacing(/,status="\d+"/, '') }),
  },
  'no-buckets': {
    describe: 'durations are no histogram',
    override: () => ({
      reportedMetrics: (lines) =>
        without(/_seconds_bucket/)(replacing(/_duration_seconds histogram/, '_duration_seconds summary')(lines)),
    }),
  },
  'a-series-for-every-path': {
    describe: 'every unknown path makes a series of its own',
    override: () => ({
      reportedMetrics: (lines) =>
        lines.flatMap((line) =>
          line.includes('route="unknown"') ? [line, line.replace('"unknown"', `"/${Math.random()}"`)] : [line],
        ),
    }),
  },
  'ids-in-routes': {
    describe: 'the routes hold ids instead of placeholders',
    override: () => ({ reportedMetrics: replacing(/\{(\w+Id)\}/, '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01') }),
  },
});
