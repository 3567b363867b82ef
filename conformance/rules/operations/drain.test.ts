import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import { type Person, uniqueName } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { withServers } from '../../src/launched.ts';
import { measure, nextLook, rule, type TestTarget, within } from '../../src/rule.ts';
import type { ServerProcess } from '../../src/stack/launcher.ts';
import { statusOf } from '../../src/stack/server.ts';

const DRAIN_MS = 3_000;
/** A signal and a request take their time on a busy machine; that is far below DRAIN_SECONDS all the same. */
const AT_ONCE_MS = 2_000;
/** New work is asked for until this long after SIGTERM: what is asked later might come too late on a busy machine. */
const ASKED_UNTIL_MS = 2_200;
/** Clocks of two processes, and their timers, are not the same to the millisecond. */
const TOLERANCE_MS = 20;

type Upload = { answer: Promise<Answer>; finish(): void };

/** Begins to send a change of one's name, and sends the rest of it when told. */
async function beginUpload(there: TestTarget, person: Person, displayName: string): Promise<Upload> {
  const { promise: isTold, resolve: finish } = Promise.withResolvers<void>();
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"displayName": ');
    await isTold;
    yield Buffer.from(`${JSON.stringify(displayName)}}`);
  }
  const headers = { ...bearer(person), 'content-type': 'application/json' };
  const answer = there.raw({ method: 'PATCH', path: '/v1/me', headers, body: pieces() });
  answer.catch(() => undefined); // Whoever awaits it is told; until then it may fail unheard.
  await there.raw({ method: 'GET', path: '/healthz' }); // Sent later and answered: the first piece has come, too.
  return { answer, finish };
}

function bearer({ token }: Person): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Sends SIGTERM. @returns what measures the milliseconds since then, and how and when the process exits */
function terminate(server: ServerProcess) {
  const startedAt = performance.now();
  server.kill('SIGTERM');
  const exit = server.exited.then(({ code, signal }) => ({ code, signal, ms: performance.now() - startedAt }));
  return { startedAt, since: () => performance.now() - startedAt, exit };
}

rule('operations/drain', ({ test }) => {
  test('serves new work for DRAIN_SECONDS with /readyz at 503', async ({ target }) => {
    await withServers(target, [{ DRAIN_SECONDS: String(DRAIN_MS / 1000) }], async ({ there, servers: [server] }) => {
      const [user] = await there.people('user');
      const stream = await openEvents(user);
      const getOnNewConnection = (path: string) => there.raw({ method: 'GET', path, headers: bearer(user) });
      expect((await getOnNewConnection('/readyz')).status).toBe(200);

      const { startedAt, since, exit } = terminate(server);
      const { ms } = await within(AT_ONCE_MS / 1000, '/readyz 503 after SIGTERM', async () =>
        (await getOnNewConnection('/readyz')).status === 503 ? true : undefined,
      );
      measure('/readyz 503 after SIGTERM', ms, { bound: AT_ONCE_MS });
      const work = [
        async () => expect(await getOnNewConnection('/readyz')).toBeProblem(503, 'service-unavailable'),
        async () => expect(await getOnNewConnection('/healthz')).toMatchObject({ status: 200 }),
        async () => expect(await getOnNewConnection('/v1/me')).toMatchObject({ status: 200, body: { id: user.id } }),
        async () =>
          expect(await user.send('updateMe', { body: { timeZone: 'Europe/Paris' } })).toMatchObject({ status: 200 }),
      ];
      for (let round = 0; since() < ASKED_UNTIL_MS; round++) {
        await work[round % work.length]?.();
        await nextLook();
      }
      expect(stream.endedAt, 'the stream is open until DRAIN_SECONDS are over').toBeUndefined();

      const { ms: exitMs, ...how } = await exit;
      expect(how).toEqual({ code: 0, signal: null });
      expect(exitMs).toBeGreaterThanOrEqual(DRAIN_MS - TOLERANCE_MS);
      expect(exitMs).toBeLessThan(DRAIN_MS + 4000);
      measure('exit after SIGTERM with DRAIN_SECONDS=3', exitMs, { bound: DRAIN_MS + 4000 });
      await within(1, 'the end of the stream', async () => stream.endedAt);
      expect((stream.endedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(DRAIN_MS - TOLERANCE_MS);
      expect(await statusOf(`${server.url}/healthz`)).toBe('ECONNREFUSED');
    });
  });

  test('finishes what is in flight, beyond DRAIN_SECONDS too', async ({ target }) => {
    await withServers(target, [{ DRAIN_SECONDS: '0' }], async ({ there, servers: [server] }) => {
      const [user] = await there.people('user');
      const displayName = `Duet late ${uniqueName()}`;
      const upload = await beginUpload(there, user, displayName);
      const { since, exit } = terminate(server);
      await within(5, 'the end of readiness', async () =>
        (await statusOf(`${server.url}/readyz`)) === '200' ? undefined : true,
      );
      upload.finish();
      const answer = await upload.answer;
      expect(answer).toMatchObject({ status: 200, body: { id: user.id, displayName } });
      const finishedMs = since();
      const { ms: exitMs, ...how } = await exit;
      expect(how).toEqual({ code: 0, signal: null });
      expect(exitMs - finishedMs, 'ms from the last answer to the exit').toBeLessThan(4000);
    });
  });
});
