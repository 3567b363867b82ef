import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type Person, uniqueName } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { type Launched, shared, sharedDatabase, sharedProxy, sharedServer } from '../../src/launched.ts';
import { linesDuring, spanOf } from '../../src/log-lines.ts';
import { rule, simultaneously, type TestTarget, within } from '../../src/rule.ts';
import { liveSecretly } from '../../src/secrets.ts';
import { REFUSAL, refusingRows } from '../../src/stack/refusals.ts';

const RFC_3339_WITH_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;
const MEMBERS = ['time', 'level', 'requestId', 'method', 'route', 'status', 'ms', 'accountId'];
const TURN_SECRET = `secret${uniqueName()}`;
const STATIC_CREDENTIAL = `secret${uniqueName()}`;
const CALLS = {
  VIDEO_PROVIDER: 'peer',
  ICE_SERVERS: JSON.stringify([{ urls: ['turn:turn.invalid'], username: 'known', credential: STATIC_CREDENTIAL }]),
  TURN_URLS: 'turn:turn.invalid:3478',
  TURN_SECRET,
};

type Entry = Record<string, unknown>;

function entriesOf(lines: string[]): Entry[] {
  return lines.map((line): Entry => {
    expect(() => JSON.parse(line), line).not.toThrow();
    return JSON.parse(line);
  });
}

function told({ level, requestId, method, route, status, accountId }: Entry): string {
  return `${level}: ${method} ${route} ${status}, request ${requestId} of ${accountId}`;
}

function expectMembers(entry: Entry, members: string[]): void {
  expect(Object.keys(entry).sort()).toEqual([...members].sort());
  expect(entry['time']).toMatch(RFC_3339_WITH_MS);
  expect(Math.abs(Date.parse(String(entry['time'])) - Date.now())).toBeLessThan(60_000);
  expect(entry['ms']).toBeTypeOf('number');
  expect(entry['ms']).toBeGreaterThanOrEqual(0);
}

/** Names of what stands in the log although it is secret. */
async function leaksOf(launched: Launched): Promise<string[]> {
  const { stdout, stderr } = launched.server;
  const secrets = await liveSecretly(launched.there);
  secrets.set('TURN_SECRET', TURN_SECRET).set('the credential in ICE_SERVERS', STATIC_CREDENTIAL);
  await linesDuring(launched, async () => undefined); // All of it has come.
  const log = [...stdout, ...stderr].join('\n');
  return [...secrets].filter(([, text]) => log.includes(text)).map(([name]) => name);
}

type Sent = { as?: Person; method: string; route: string | null; status: number; send(): Promise<Answer> };

/** Requests of every kind, with what the log must say of each. */
function requestsOf(there: TestTarget, doctor: Person, user: Person): Sent[] {
  const { nobody } = there;
  const [me, meta, one] = ['/v1/me', '/v1/meta', '/v1/appointments/{appointmentId}'];
  const nowhere = { path: { appointmentId: randomUUID() } };
  const search = { query: { q: 'duet', limit: 1 } };
  const inParis = { body: { timeZone: 'Europe/Paris' } };
  const withoutValidId = { headers: { 'x-request-id': 'not valid!' } };
  const raw = (method: string, path: string) => () => there.raw({ method, path });
  const aDoctor = { path: { doctorId: doctor.id } };
  return [
    { as: user, method: 'GET', route: me, status: 200, send: () => user.send('getMe') },
    { as: user, method: 'PATCH', route: me, status: 200, send: () => user.send('updateMe', inParis) },
    { as: user, method: 'GET', route: '/v1/doctors', status: 200, send: () => user.send('listDoctors', search) },
    {
      as: user,
      method: 'GET',
      route: '/v1/doctors/{doctorId}',
      status: 200,
      send: () => user.send('getDoctor', aDoctor),
    },
    { as: doctor, method: 'GET', route: one, status: 404, send: () => doctor.send('getAppointment', nowhere) },
    {
      as: user,
      method: 'POST',
      route: `${one}/cancel`,
      status: 400,
      send: () => user.send('cancelAppointment', { ...nowhere, body: { no: 1 } }),
    },
    { method: 'GET', route: me, status: 401, send: () => nobody.send('getMe', { token: uniqueName() }) },
    { method: 'GET', route: meta, status: 200, send: () => nobody.send('getMeta', withoutValidId) },
    { method: 'HEAD', route: meta, status: 200, send: raw('HEAD', meta) },
    { method: 'DELETE', route: me, status: 405, send: raw('DELETE', me) },
    { method: 'OPTIONS', route: me, status: 204, send: raw('OPTIONS', me) },
    { method: 'GET', route: null, status: 404, send: raw('GET', '/v1/nowhere?q=1') },
  ];
}

async function failToBook(user: Person, doctor: Person, reason: string): Promise<string | undefined> {
  const booking = { doctorId: doctor.id, startsAt: fromNow({ days: 3 }), durationMinutes: 30, reason };
  const answer = await user.send('createAppointment', { body: booking });
  expect(answer).toBeProblem(500, 'internal-error');
  return answer.headers['x-request-id'];
}

rule('operations/logs', ({ test }) => {
  const database = sharedDatabase();
  const production = sharedServer(() => ({ databaseUrl: database().url, env: { ...CALLS, LOG: 'production' } }));
  const dev = sharedServer(() => ({ databaseUrl: database().url, env: { ...CALLS, LOG: 'dev' } }));
  const proxy = sharedProxy(database);
  const behind = sharedServer(() => ({ databaseUrl: proxy().url, env: { ...CALLS, LOG: 'production' } }));
  const people = shared((target) => target.at([production().server.url, dev().server.url]).people('doctor', 'user'));
  const peopleInDev = () => people().map((person) => person.on(1)) as [Person, Person];

  test('production: one line a request, these members and no more', async () => {
    const expected: string[] = [];
    const lines = await linesDuring(production(), async () => {
      for (const { as, method, route, status, send } of requestsOf(production().there, ...people())) {
        const requestId = (await send()).headers['x-request-id'];
        expected.push(told({ level: 'info', requestId, method, route, status, accountId: as?.id ?? null }));
      }
    });
    const entries = entriesOf(lines);
    expect(entries.map(told)).toEqual(expected);
    for (const entry of entries) expectMembers(entry, MEMBERS);
  });

  test('production: one line of a stream that its client broke off', async () => {
    const [, user] = people();
    let requestId: string | undefined;
    const isTold = (line: string): boolean => requestId !== undefined && line.includes(requestId);
    const lines = await linesDuring(production(), async () => {
      const stream = await openEvents(user);
      requestId = stream.headers['x-request-id'];
      stream.close();
      await within(5, 'the line of the stream', async () => production().server.stdout.some(isTold) || undefined);
    });
    const about = { method: 'GET', route: '/v1/events', status: 200, accountId: user.id };
    expect(entriesOf(lines).map(told)).toEqual([told({ level: 'info', requestId, ...about })]);
  });

  test('production: nothing of /healthz, /readyz and /metrics', async () => {
    const { nobody } = production().there;
    const lines = await linesDuring(production(), async () => {
      for (const operationId of ['getLiveness', 'getReadiness', 'getMetrics'] as const) await nobody.send(operationId);
    });
    expect(lines).toEqual([]);
  });

  test('production: nothing of /readyz without a database, the rest as errors', async () => {
    const { there } = behind();
    const [user] = await there.people('user');
    let requestId: string | undefined;
    await proxy().cut();
    const lines = await linesDuring(behind(), async () => {
      expect(await there.nobody.send('getReadiness')).toBeProblem(503, 'service-unavailable');
      requestId = (await user.send('getMe')).headers['x-request-id'];
    });
    const [entry, ...others] = entriesOf(lines).filter((line) => 'method' in line);
    expect(others).toEqual([]);
    const about = { method: 'GET', route: '/v1/me', status: 503, accountId: null };
    expect(told(entry ?? {})).toBe(told({ level: 'error', requestId, ...about }));
    expectMembers(entry ?? {}, [...MEMBERS, 'error']);
  });

  test('production: a failure is an error and says its cause', async () => {
    const [doctor, user] = people();
    const reason = `secret${uniqueName()}`;
    let requestId: string | undefined;
    const lines = await linesDuring(production(), () =>
      refusingRows(database(), reason, async () => {
        requestId = await failToBook(user, doctor, reason);
      }),
    );
    const [entry, ...others] = entriesOf(lines);
    expect(others).toEqual([]);
    const about = { method: 'POST', route: '/v1/appointments', status: 500, accountId: user.id };
    expect(told(entry ?? {})).toBe(told({ level: 'error', requestId, ...about }));
    expectMembers(entry ?? {}, [...MEMBERS, 'error']);
    expect(JSON.stringify(entry?.['error'])).toContain(REFUSAL);
    expect(lines.join('\n'), 'the reason in the refused row').not.toContain(reason);
  });

  test('production: no secret in any line', async () => {
    expect(await leaksOf(production())).toEqual([]);
  });

  test('dev: parameters, body, queries with times, and the response', async () => {
    const [doctor, user] = peopleInDev();
    const [q, email, displayName] = [`q-${uniqueName()}`, `EMAIL-${uniqueName()}@duet.invalid`, `Name ${uniqueName()}`];
    const parameters = await linesDuring(dev(), () => user.send('listDoctors', { query: { q } }));
    expect(parameters.join('\n'), 'the query of the request').toContain(q);
    const path = await linesDuring(dev(), () => user.send('getDoctor', { path: { doctorId: doctor.id } }));
    expect(path.join('\n'), 'the path of the request').toContain(doctor.id);
    const body = await linesDuring(dev(), () =>
      dev().there.nobody.send('login', { body: { email, password: 'a password of nobody' } }),
    );
    expect(body.join('\n'), 'the body of the request').toContain(email);
    const response = (await linesDuring(dev(), () => user.send('getMe'))).join('\n');
    expect(response, 'the body of the response').toContain(user.displayName);
    expect(response, 'its query').toMatch(/\bselect\b/i);
    expect(response.match(/\d\s?(ms|µs)\b/g)?.length, 'times of the query and the request').toBeGreaterThan(1);
    const write = (await linesDuring(dev(), () => user.send('updateMe', { body: { displayName } }))).join('\n');
    expect(write, 'its query').toMatch(/\bupdate\b/i);
    expect(write, "the query's parameter").toContain(displayName);
  });

  test('dev: the lines of a request stand together', async () => {
    const [, user] = peopleInDev();
    const names = Array.from({ length: 12 }, () => ({ requestId: `request-${uniqueName()}`, q: `q-${uniqueName()}` }));
    const lines = await linesDuring(dev(), () =>
      simultaneously(names.length, (index) => {
        const { q = '', requestId = '' } = names[index] ?? {};
        return user.send('listDoctors', { query: { q }, headers: { 'x-request-id': requestId } });
      }),
    );
    const spans = names.map(({ q, requestId }) => spanOf(lines, [q, requestId]));
    for (const span of spans)
      expect(span?.last, 'more than one line a request').toBeGreaterThan(span?.first ?? Infinity);
    const inOrder = spans.flatMap((span) => span ?? []).toSorted((one, other) => one.first - other.first);
    for (const [index, { last }] of inOrder.slice(0, -1).entries())
      expect(inOrder[index + 1]?.first, 'the first line of the next request').toBeGreaterThan(last);
  });

  test('dev: the whole stack of a failure, without what is secret', async () => {
    const [doctor, user] = peopleInDev();
    const reason = `secret${uniqueName()}`;
    const lines = await linesDuring(dev(), () =>
      refusingRows(database(), reason, async () => void (await failToBook(user, doctor, reason))),
    );
    const log = lines.join('\n');
    expect(log).toContain(REFUSAL);
    expect(log.match(/:\d+(:\d+)?\)?$/gm)?.length, 'lines of the stack').toBeGreaterThan(3);
    expect(log, 'the reason in the refused row').not.toContain(reason);
  });

  test('dev: no secret in any line', async () => {
    expect(await leaksOf(dev())).toEqual([]);
  });
});
