import { expect } from 'vitest';
import { openEvents } from '../../src/driver/event-stream.ts';
import { measure, rule, simultaneously, type TestTarget, warmUp, within } from '../../src/rule.ts';

rule('sessions/logout-everywhere', ({ test, people }) => {
  const [user, other] = people('user', 'user');

  /** Logs out everywhere at a replica and holds that each session is refused from then on, wherever it is used. */
  async function expectAllRevoked(target: TestTarget, replica: number): Promise<void> {
    await warmUp(target, 8);
    const sessions = await simultaneously(3, () => user.logInAgain());
    for (const session of sessions)
      for (const index of target.replicas.keys())
        expect((await session.send('getMe', { replica: index })).status).toBe(200);
    const answer = await sessions[0]?.send('logoutEverywhere', { replica });
    expect(answer?.status).toBe(204);
    expect(answer?.bytes.length).toBe(0);
    const uses = sessions.flatMap((session) => target.replicas.map((_, index) => session.on(index)));
    const answers = await simultaneously(uses.length, async (index) => uses[index]?.send('getMe'));
    for (const refused of answers) {
      expect(refused).toBeProblem(401, 'unauthenticated');
      expect(refused?.headers['www-authenticate']).toBe('Bearer');
    }
    expect(await user.send('getMe', { replica })).toBeProblem(401, 'unauthenticated');
    expect(await sessions[0]?.send('logoutEverywhere')).toBeProblem(401, 'unauthenticated');
  }

  test('revokes every session at once', async ({ target }) => expectAllRevoked(target, 0));

  test('revokes every session at once on every replica', { needs: ['replicas'] }, async ({ target }) => {
    for (const replica of target.replicas.keys()) await expectAllRevoked(target, replica);
  });

  test('leaves other accounts alone, and lets a new login in at once', async ({ target }) => {
    const old = await user.logInAgain();
    expect((await old.send('logoutEverywhere')).status).toBe(204);
    const fresh = await old.logInAgain();
    for (const replica of target.replicas.keys()) {
      expect((await fresh.send('getMe', { replica })).body).toEqual(user.account);
      expect(await old.send('getMe', { replica })).toBeProblem(401, 'unauthenticated');
      expect((await other.send('getMe', { replica })).body).toEqual(other.account);
    }
  });

  test('names the sessions that had expired, too', { needs: ['clock'] }, async ({ target }) => {
    const body = { email: user.email, password: user.password };
    const now = '2047-06-07T08:00:00Z';
    const before = await target.nobody.send('login', { body });
    expect((await target.nobody.send('logoutEverywhere', { token: before.body.token })).status).toBe(204);
    const old = await target.nobody.send('login', { body });
    const young = await target.nobody.send('login', { body, now });
    const stream = await openEvents(user, { token: old.body.token });
    try {
      // For whoever leaves then, the older session has been over for years.
      const leaving = { token: young.body.token, now };
      expect((await target.nobody.send('logoutEverywhere', leaving)).status).toBe(204);
      await within(5, 'the stream ends', async () => (stream.endedAt === undefined ? undefined : true));
      expect(stream.events.map(({ event }) => event)).toEqual(['session.revoked']);
      const { sessionIds } = (stream.events[0]?.data ?? { sessionIds: [] }) as { sessionIds: string[] };
      expect(sessionIds.toSorted()).toEqual([old.body.id, young.body.id].sort());
    } finally {
      stream.close();
    }
  });

  test('ends all streams within 2 s, after one event with all ids', { lane: 'quiet' }, async ({ target }) => {
    const body = { email: user.email, password: user.password };
    const before = await target.nobody.send('login', { body });
    expect((await target.nobody.send('logoutEverywhere', { token: before.body.token })).status).toBe(204);
    const logins = await simultaneously(3, () => target.nobody.send('login', { body }));
    const streams = await Promise.all(
      logins.map(({ body: { token } }, replica) => openEvents(user, { token, replica })),
    );
    const stranger = await openEvents(other);
    try {
      const leaving = { token: logins[2]?.body.token ?? null, replica: 1 };
      expect((await target.nobody.send('logoutEverywhere', leaving)).status).toBe(204);
      const ended = await within(2, 'the streams end', async () =>
        streams.every(({ endedAt }) => endedAt !== undefined) ? true : undefined,
      );
      measure('streams end after logoutEverywhere', ended.ms, { bound: 2_000 });
      for (const { events } of streams) {
        expect(events.map(({ event }) => event)).toEqual(['session.revoked']);
        expect(events[0]?.data).toEqual({ at: expect.any(String), sessionIds: expect.any(Array) });
        const { sessionIds } = (events[0]?.data ?? { sessionIds: [] }) as { sessionIds: string[] };
        expect(sessionIds.toSorted()).toEqual(logins.map((login) => login.body.id).sort());
      }
      expect(stranger.events).toEqual([]);
      expect(stranger.endedAt).toBeUndefined();
    } finally {
      for (const stream of [...streams, stranger]) stream.close();
    }
  });
});
