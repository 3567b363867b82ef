import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { rule, simultaneously, within } from '../../src/rule.ts';

type Sample = { name: string; labels: Record<string, string>; value: number };

/** The samples of Prometheus' text format, in the order given. */
function samplesOf(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      expect(name, `a sample: ${line}`).not.toBe('');
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

async function metricsOf(person: Pick<Person, 'send'>): Promise<{ text: string; samples: Sample[] }> {
  const answer = await person.send('getMetrics', { replica: 0 });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain(;|$)/);
  return { text: answer.text, samples: samplesOf(answer.text) };
}

function valueOf(samples: Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
  const fits = (sample: Sample): boolean =>
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value);
  return samples.find((sample) => sample.name === name && fits(sample))?.value;
}

const COUNT = 'http_request_duration_seconds_count';
/** The form of a documented path with its placeholders. */
const DOCUMENTED = /^\/(healthz|readyz|metrics|v1(\/([a-z-]+|\{[A-Za-z]+\}))+)$/;

rule('operations/metrics', ({ test, people }) => {
  const [user] = people('user');

  test('counts requests in a histogram by method, route and status', async () => {
    const asked = { method: 'GET', route: '/v1/doctors/{doctorId}', status: '404' };
    const before = valueOf((await metricsOf(user)).samples, COUNT, asked) ?? 0;
    for (let round = 0; round < 3; round += 1) {
      expect((await user.send('getDoctor', { path: { doctorId: user.id }, replica: 0 })).status).toBe(404);
    }
    const { text, samples } = await metricsOf(user);
    expect(text).toContain('# TYPE http_request_duration_seconds histogram');
    expect(valueOf(samples, COUNT, asked) ?? 0).toBeGreaterThanOrEqual(before + 3);
    const all = valueOf(samples, 'http_request_duration_seconds_bucket', { ...asked, le: '+Inf' });
    expect(all).toBe(valueOf(samples, COUNT, asked));
    expect(valueOf(samples, 'http_request_duration_seconds_sum', asked)).toBeGreaterThan(0);
  });

  test('gives event-loop lag, CPU and memory of the process', async () => {
    const { samples } = await metricsOf(user);
    expect(valueOf(samples, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(valueOf(samples, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(valueOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  });

  test('gives the connections of the pool by their state', async () => {
    const { samples } = await metricsOf(user);
    for (const state of ['idle', 'busy', 'waiting']) {
      expect(valueOf(samples, 'database_pool_connections', { state }), state).toBeGreaterThanOrEqual(0);
    }
  });

  test('counts the streams that are open', async () => {
    // Other tests open streams at the same time: twelve at once are more than they close meanwhile.
    const streams = await simultaneously(12, () => openEvents(user, { replica: 0 }));
    const open = valueOf((await metricsOf(user)).samples, 'event_streams_open') ?? 0;
    for (const stream of streams) stream.close();
    expect(open).toBeGreaterThanOrEqual(12);
    const { value } = await within(10, 'the closed streams are counted off', async () => {
      const left = valueOf((await metricsOf(user)).samples, 'event_streams_open') ?? 0;
      return left <= open - 6 ? left : undefined;
    });
    expect(value).toBeLessThanOrEqual(open - 6);
  });

  test('has one series for all unknown paths, and nothing of a person', async ({ target }) => {
    for (const path of [`/${user.id}`, `/v1/${user.id}`, `/v1/me/${user.id}`]) {
      expect(await target.raw({ method: 'GET', path })).toBeProblem(404, 'not-found');
    }
    const { text, samples } = await metricsOf(user);
    expect(text).not.toContain(user.id);
    expect(text).not.toContain(user.email);
    const routes = new Set(samples.filter(({ name }) => name === COUNT).map(({ labels }) => labels['route'] ?? ''));
    expect([...routes].filter((route) => !DOCUMENTED.test(route)).length, 'values for unknown paths').toBe(1);
  });

  test('labels nothing but method, route, status and le', async () => {
    const { samples } = await metricsOf(user);
    const labels = samples
      .filter(({ name }) => name.startsWith('http_request_duration_seconds'))
      .flatMap((sample) => Object.keys(sample.labels));
    expect([...new Set(labels)].sort()).toEqual(['le', 'method', 'route', 'status']);
  });
});
