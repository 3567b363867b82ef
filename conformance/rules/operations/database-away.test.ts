import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person, SendOptions } from '../../src/actors.ts';
import { uniqueName } from '../../src/actors.ts';
import { book } from '../../src/bookings.ts';
import type { Answer, OperationId } from '../../src/driver/answer.ts';
import { fromNow } from '../../src/instants.ts';
import { sharedDatabase, sharedProxy, sharedServer } from '../../src/launched.ts';
import { measure, rule, simultaneously, within } from '../../src/rule.ts';

const BOUND_MS = 5_000;

/** What a restart does to whoever is connected. */
const END_CONNECTIONS = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and usename = current_user`;

type Call = [OperationId, SendOptions];

/** A good request of every operation that needs the database; none would change anything if it came through late. */
function everyOperation(user: Person, doctor: Person, appointmentId: string): Call[] {
  const here = { path: { appointmentId } };
  const aDoctor = { path: { doctorId: doctor.id } };
  const nobodysToken = { token: [...(user.token ?? '')].toReversed().join('') };
  const connection = { ...here, body: { connectionId: randomUUID() } };
  const startsAt = fromNow({ days: 2 });
  const booking = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
  const signal = { ...connection.body, clientId: randomUUID(), epoch: 1, type: 'restart', data: {} };
  const account = { email: `${uniqueName()}@duet.invalid`, displayName: 'Duet nobody', role: 'user' };
  return [
    ['createAccount', { body: { ...account, password: `password of ${uniqueName()}` } }],
    ['login', { body: { email: user.email, password: user.password } }],
    ['logout', nobodysToken],
    ['logoutEverywhere', nobodysToken],
    ['getMe', {}],
    ['updateMe', { body: { timeZone: 'Europe/Paris' } }],
    ['listDoctors', { query: { q: 'duet' } }],
    ['getDoctor', aDoctor],
    ['listBusyTimes', { ...aDoctor, query: { from: startsAt, to: fromNow({ days: 3 }) } }],
    ['createAppointment', { body: booking }],
    ['createAppointment', { body: booking, headers: { 'idempotency-key': randomUUID() } }],
    ['listAppointments', {}],
    ['getAppointment', here],
    ['cancelAppointment', { ...here, body: {} }],
    ['getAppointmentCalendar', here],
    ['joinCall', here],
    ['keepPresence', connection],
    ['leaveCall', connection],
    ['endCall', here],
    ['sendSignal', { ...here, body: signal }],
    ['sendMessage', { ...here, body: { clientId: randomUUID(), body: 'anybody there?' } }],
    ['listMessages', here],
    ['getUnreadCounts', {}],
    ['showTyping', here],
    ['markMessagesRead', { ...here, body: { upTo: randomUUID() } }],
    ['streamEvents', {}],
  ];
}

/** Every one of them: what answered otherwise is told by its operation, and the rest of the test goes on. */
function expectUnavailable(calls: Call[], answers: Answer[]): void {
  const others = answers
    .map(({ status, problem, headers }, index) => {
      const retryAfter = /^[1-9]\d*$/.test(headers['retry-after'] ?? '') ? '' : ' without Retry-After in seconds';
      return `${calls[index]?.[0]}: ${status} ${problem?.code}${retryAfter}`;
    })
    .filter((told) => !told.endsWith(': 503 service-unavailable'));
  expect.soft(others, 'operations that answered otherwise than 503 service-unavailable').toEqual([]);
}

function expectInTime(name: string, answers: Answer[], bound = BOUND_MS): void {
  const slowest = Math.max(...answers.map(({ ms }) => ms));
  measure(name, slowest, { bound });
  expect.soft(slowest, `${name}, in ms`).toBeLessThan(bound);
}

/** @returns the milliseconds until the first good answer */
async function worksAgain(person: Person): Promise<number> {
  const { ms } = await within(10, 'a good answer once the database is back', async () =>
    (await person.send('getMe')).status === 200 ? true : undefined,
  );
  return ms;
}

rule('operations/database-away', ({ test }) => {
  const database = sharedDatabase();
  const proxy = sharedProxy(database);
  const launched = sharedServer(async () => {
    await proxy().cut();
    return { databaseUrl: proxy().url, readyPath: '/healthz' };
  });

  test('starts without its database and works once it is there', { lane: 'quiet' }, async () => {
    const { nobody } = launched().there;
    const stranger = { body: { email: `${uniqueName()}@duet.invalid`, password: 'a password of nobody' } };
    expect(await nobody.send('getReadiness')).toBeProblem(503, 'service-unavailable');
    expect(await nobody.send('login', stranger)).toBeProblem(503, 'service-unavailable');
    await proxy().restore();
    await within(10, '/readyz 200', async () => (await nobody.send('getReadiness')).status === 200 || undefined);
    expect(await nobody.send('login', stranger)).toBeProblem(401, 'invalid-credentials');
  });

  for (const [how, leave] of [
    ['refuses connections', () => proxy().cut()],
    ['is silent', async () => proxy().stall()],
  ] as const)
    test(`answers 503 in time while its database ${how}`, { lane: 'quiet' }, async () => {
      await proxy().restore();
      const { there } = launched();
      const [doctor, user] = await there.people('doctor', 'user');
      const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
      const calls = [
        ...everyOperation(user, doctor, appointment.id),
        ...Array.from({ length: 60 }, (): Call => ['getMe', {}]),
      ];
      await leave();
      const [answers, ready, ...independent] = await Promise.all([
        Promise.all(calls.map((call) => user.send(...call))),
        there.nobody.send('getReadiness'),
        there.nobody.send('getLiveness'),
        there.nobody.send('getMeta'),
      ]);
      expectUnavailable(calls, answers);
      expectInTime(`slowest 503 while the database ${how}`, answers);
      expect.soft(ready).toBeProblem(503, 'service-unavailable');
      expectInTime(`/readyz while the database ${how}`, [ready]);
      expect
        .soft(
          independent.map(({ status }) => status),
          '/healthz and getMeta need no database',
        )
        .toEqual([200, 200]);
      expectInTime(`/healthz and getMeta while the database ${how}`, independent, BOUND_MS / 2);

      await proxy().restore();
      measure(`first good answer once a database that ${how} is back`, await worksAgain(user));
      expect((await user.send('listAppointments')).body.items, 'as before').toEqual([appointment]);
      await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    });

  test('survives that the database ends its connections', { lane: 'quiet' }, async () => {
    await proxy().restore();
    const { there, server } = launched();
    const [user] = await there.people('user');
    for (const busy of [0, 20, 20]) {
      await simultaneously(8, () => user.send('getMe')); // Several connections are open.
      const under = simultaneously(busy, () => user.send('getMe'));
      await database().query(END_CONNECTIONS);
      const answers = [...(await under), ...(await simultaneously(20, () => user.send('getMe')))];
      expect([200, 503]).toEqual(expect.arrayContaining([...new Set(answers.map(({ status }) => status))]));
      await worksAgain(user);
    }
    const isRunning = await Promise.race([server.exited.then(() => false), Promise.resolve(true)]);
    expect(isRunning, 'the process started first still runs').toBe(true);
  });
});
