import { expect } from 'vitest';
import type { Actor } from '../../src/actors.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { measure, rule, simultaneously, type TestTarget, warmUp, within } from '../../src/rule.ts';

/** The statuses that a session gets when it is used several times at once on every replica. */
async function statusesEverywhere(target: TestTarget, session: Actor): Promise<number[]> {
  const answers = await simultaneously(4 * target.replicas.length, (replica) => session.send('getMe', { replica }));
  return [...new Set(answers.map(({ status }) => status))];
}

rule('sessions/logout', ({ test, people }) => {
  const [user, other] = people('user', 'user');

  /** Logs a session out at a replica and holds that it is refused from then on, wherever it is used. */
  async function expectRevoked(target: TestTarget, replica: number): Promise<void> {
    await warmUp(target, 4);
    const session = await user.logInAgain();
    expect(await statusesEverywhere(target, session)).toEqual([200]);
    const answer = await session.send('logout', { replica });
    expect(answer.status).toBe(204);
    expect(answer.bytes.length).toBe(0);
    expect(await statusesEverywhere(target, session)).toEqual([401]);
    const refused = await session.send('getMe', { replica: replica + 1 });
    expect(refused).toBeProblem(401, 'unauthenticated');
    expect(refused.headers['www-authenticate']).toBe('Bearer');
  }

  test('revokes the session at once', async ({ target }) => expectRevoked(target, 0));

  test('revokes the session at once on every replica', { needs: ['replicas'] }, async ({ target }) => {
    for (const replica of target.replicas.keys()) await expectRevoked(target, replica);
  });

  test('leaves the other sessions of the account, and everybody else', async ({ target }) => {
    const [first, second, third] = await simultaneously(3, () => user.logInAgain());
    if (!first || !second || !third) throw new Error('three sessions are needed');
    expect((await second.send('logout')).status).toBe(204);
    for (const session of [first, third, user, other]) expect(await statusesEverywhere(target, session)).toEqual([200]);
    expect((await first.send('logout')).status).toBe(204);
    for (const session of [third, user, other]) expect(await statusesEverywhere(target, session)).toEqual([200]);
  });

  test('refuses a second logout with the same token', async ({ target }) => {
    const session = await user.logInAgain();
    expect((await session.send('logout')).status).toBe(204);
    for (const replica of target.replicas.keys()) {
      const again = await session.send('logout', { replica });
      expect(again).toBeProblem(401, 'unauthenticated');
      expect(again.headers['www-authenticate']).toBe('Bearer');
    }
    expect(await session.send('logoutEverywhere')).toBeProblem(401, 'unauthenticated');
    expect((await user.send('getMe')).status).toBe(200);
  });

  test('lets the person log in again, with another token', async () => {
    const session = await user.logInAgain();
    expect((await session.send('logout')).status).toBe(204);
    const next = await session.logInAgain();
    expect(next.token).not.toBe(session.token);
    expect((await next.send('getMe')).body).toEqual(user.account);
    expect(await session.send('getMe')).toBeProblem(401, 'unauthenticated');
  });

  test('ends the streams of that session within 2 s', { lane: 'quiet' }, async ({ target }) => {
    const login = await target.nobody.send('login', { body: { email: user.email, password: user.password } });
    const { token } = login.body;
    const leaving = [await openEvents(user, { token, replica: 0 }), await openEvents(user, { token, replica: 1 })];
    const staying = [await openEvents(user, { replica: 0 }), await openEvents(user, { replica: 1 })];
    try {
      expect((await target.nobody.send('logout', { token, replica: 1 })).status).toBe(204);
      const ended = await within(2, 'the streams of the revoked session end', async () =>
        leaving.every(({ endedAt }) => endedAt !== undefined) ? true : undefined,
      );
      measure('streams end after logout', ended.ms, { bound: 2_000 });
      await within(2, 'the streams that stay are told', async () =>
        staying.every(({ events }) => events.length > 0) ? true : undefined,
      );
      for (const { events } of [...leaving, ...staying]) {
        expect(events.map(({ event }) => event)).toEqual(['session.revoked']);
        expect(events[0]?.data).toEqual({ at: expect.any(String), sessionIds: [login.body.id] });
      }
      expect(staying.map(({ endedAt }) => endedAt)).toEqual([undefined, undefined]);
    } finally {
      for (const stream of [...leaving, ...staying]) stream.close();
    }
  });
});
