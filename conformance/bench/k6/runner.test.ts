import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mergeRunners } from '../runners/merge-runners.ts';
import { parseRunnerLog } from '../runners/runner-log.ts';
import { servicesOf } from '../study/loads.ts';
import type * as runner from './scenarios/runner.ts';

// The script as k6 runs it, with a server in the place of k6's client that answers each request in two milliseconds.

const scenario = { name: 'stage-0', progress: 0, iterationInInstance: 0, iterationInTest: 0, startTime: 1_000 };
const execution = {
  scenario,
  instance: { vusInitialized: 1 },
  test: { options: { executionSegment: null as string | null } },
};
const asked: string[] = [];
let log: string[] = [];

type Script = typeof runner;

function answer(status: number, body: object) {
  const text = JSON.stringify(body);
  return { status, error: '', body: text, timings: { duration: 2 }, json: () => JSON.parse(text) as unknown };
}

const server = {
  get(url: string) {
    asked.push(`GET ${url}`);
    const meta = { service: 'backend-a', framework: 'f', orm: 'o', runtime: 'r', contractVersion: '1.0.0', more: true };
    return answer(200, url.endsWith('/v1/meta') ? meta : { items: [url] });
  },
  post(url: string, body: string) {
    asked.push(`POST ${url}`);
    const { clientId = '', body: words = '' } = JSON.parse(body) as { clientId?: string; body?: string };
    if (!url.endsWith('/messages')) return answer(201, { id: `id-${asked.length}`, token: 'token' });
    const known = { id: '', appointmentId: url.split('/').at(-2), senderId: '', sentAt: '', clientId, body: words };
    return answer(201, known);
  },
};

beforeEach(() => {
  vi.doMock('k6/http', () => ({ default: server }));
  vi.doMock('k6/execution', () => ({ default: execution }));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void log.push(line));
  vi.stubGlobal('__ENV', {
    BASE_URL: 'http://api.duet',
    SCENARIO: 'point-read',
    RATE: '10',
    SECONDS: '1',
    VIRTUAL_USERS: '2',
    WORLDS: '2',
    SEED: '5',
    COMMIT: 'c0ffee',
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What k6 does with the script as one of two runners, whose only virtual user sends every other request. */
async function run(place: 0 | 1): Promise<string> {
  vi.resetModules();
  log = [];
  execution.test.options.executionSegment = ['0:1/2', '1/2:1'][place] ?? null;
  const script: Script = await import('./scenarios/runner.ts');
  const parts = await script.setup();
  script.learn();
  for (let mine = 0; mine < 5; mine += 1) {
    const inTest = mine * 2 + place;
    Object.assign(scenario, { iterationInInstance: mine, iterationInTest: inTest, progress: inTest / 10 });
    script.load(parts);
  }
  script.tell();
  return log.join('\n');
}

test('two runners leave logs that are one load when they are merged', async () => {
  const [one, other] = [parseRunnerLog(await run(0), 'one.log'), parseRunnerLog(await run(1), 'other.log')];
  expect(one.order).toMatchObject({ scenario: 'point-read', seed: 5, commit: 'c0ffee', segment: '0:1/2' });
  const load = mergeRunners([one, other], 'backend-a');
  expect(load).toMatchObject({ runners: 2, sent: 10, dropped: 0, failures: 0, compared: 2, mismatches: 0 });
  // Each request left when it was due.
  expect(load.startLag.max).toBeLessThan(0.01);
  expect(servicesOf([load])).toMatchObject([{ ratePerSecond: 10, cell: { p50: 2, p99: 2 } }]);
  expect([one.complaint, other.complaint]).toEqual([null, null]);
});

test('k6 is told to let the virtual users learn, send and tell', async () => {
  vi.resetModules();
  const { options }: Script = await import('./scenarios/runner.ts');
  expect(options.scenarios).toMatchObject({
    learn: { exec: 'learn', vus: 2 },
    'stage-0': {
      exec: 'load',
      executor: 'constant-arrival-rate',
      rate: 10,
      duration: '1s',
      startTime: '3s',
      maxVUs: 2,
    },
    tell: { exec: 'tell', vus: 2, startTime: '6s' },
  });
});

test('a runner alone is told of no part, and has the whole load', async () => {
  vi.resetModules();
  log = [];
  execution.test.options.executionSegment = null;
  const script: Script = await import('./scenarios/runner.ts');
  await script.setup();
  expect(log.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ kind: 'runner', segment: '0:1' }]);
  expect(asked).toContain('GET http://api.duet/v1/meta');
});

test('people who are refused end the run with the answer', async () => {
  vi.resetModules();
  vi.spyOn(server, 'post').mockReturnValueOnce({ ...answer(403, { code: 'invite-required' }) });
  const script: Script = await import('./scenarios/runner.ts');
  await expect(script.setup()).rejects.toThrow('answers 403  {"code":"invite-required"}');
});
