import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { uniqueName } from '../../src/actors.ts';
import { later } from '../../src/instants.ts';
import { withOwnDatabase, withServers } from '../../src/launched.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { readStoredRows, spellings } from '../../src/stack/stored-rows.ts';

/**
 * How many bits a token can hold at most, judged from some: a place that is alike in all of them, or that only repeats
 * another place, says nothing; each other place says as much as the alphabet seen in all of them allows.
 */
function bitsOf(tokens: string[]): number {
  const length = Math.min(...tokens.map((token) => token.length));
  const columns = Array.from({ length }, (_, place) => tokens.map((token) => token[place]).join(''));
  const telling = new Set(columns.filter((column) => new Set(column).size > 1));
  return telling.size * Math.log2(new Set([...telling].join('')).size);
}

rule('sessions/token', ({ test, people }) => {
  const [user] = people('user');

  test('gives an id, a token, its expiry and the account', async ({ target }) => {
    const before = Date.now();
    const login = await target.nobody.send('login', { body: { email: user.email, password: user.password } });
    expect(login.status).toBe(201);
    expect(Object.keys(login.body).sort()).toEqual(['account', 'expiresAt', 'id', 'token']);
    expect(login.body.account).toEqual(user.account);
    const hours = 12 * 3_600_000;
    expect(Date.parse(login.body.expiresAt)).toBeGreaterThan(before + hours - 60_000);
    expect(Date.parse(login.body.expiresAt)).toBeLessThan(Date.now() + hours + 60_000);
    expect((await target.nobody.send('getMe', { token: login.body.token })).body).toEqual(user.account);
  });

  test('expires 12 hours on, to the millisecond', { needs: ['clock'] }, async ({ target }) => {
    for (const now of ['2041-03-29T23:30:00.123Z', '2041-12-31T12:00:00Z', '2040-02-28T12:00:00.001Z']) {
      const login = await target.nobody.send('login', { body: { email: user.email, password: user.password }, now });
      expect(login.body.expiresAt).toBe(later(now, { hours: 12 }));
    }
  });

  test('makes every login a session of its own', async ({ target }) => {
    const body = { email: user.email, password: user.password };
    const logins = await simultaneously(4, (index) => target.nobody.send('login', { body, replica: index }));
    expect(logins.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(logins.map((login) => login.body.id)).size).toBe(4);
    expect(new Set(logins.map((login) => login.body.token)).size).toBe(4);
    for (const [index, login] of logins.entries()) {
      const me = await target.nobody.send('getMe', { token: login.body.token, replica: index + 1 });
      expect(me.body).toEqual(user.account);
    }
  });

  test('has room for 256 random bits in a token', async ({ target }) => {
    const body = { email: user.email, password: user.password };
    const logins = await simultaneously(12, () => target.nobody.send('login', { body }));
    for (const login of logins) expect(login.status, login.text).toBe(201);
    const tokens = logins.map((login) => login.body.token);
    expect(new Set(tokens).size).toBe(12);
    expect(Math.round(bitsOf(tokens))).toBeGreaterThanOrEqual(256);
    for (const { body: session } of logins) {
      const told = [session.id, session.id.replaceAll('-', ''), user.id, user.email];
      for (const known of told) expect(session.token).not.toContain(known);
    }
  });

  test('finds the account whatever the case and padding of its email', async ({ target }) => {
    const local = `token-${uniqueName()}`;
    const password = 'long enough for anybody';
    const body = { email: `${local}\u0130\u212A\u03A3@Duet.Invalid`, password, displayName: 'Duet user', role: 'user' };
    const created = await target.nobody.send('createAccount', { body });
    expect(created.status).toBe(201);
    const emails = [
      body.email,
      `${local}i\u0307k\u03C2@duet.invalid`,
      `${local.toUpperCase()}\u0130K\u03A3@DUET.INVALID`,
      `\t\n\v\f\r ${body.email} \r\f\v\n\t`,
    ];
    for (const email of emails) {
      const login = await target.nobody.send('login', { body: { email, password } });
      expect(login.status, email).toBe(201);
      expect(login.body.account).toEqual(created.body);
    }
    for (const email of [
      `\u00A0${body.email}`,
      `\uFEFF${body.email}`,
      `${body.email}\u3000`,
      `${local}ik\u03C2@duet.invalid`,
    ])
      expect(await target.nobody.send('login', { body: { email, password } }), email).toBeProblem(
        401,
        'invalid-credentials',
      );
  });

  test('stores the SHA-256 of a token, never the token', { needs: ['launcher'] }, async ({ target }) => {
    await withOwnDatabase(target, (database) =>
      withServers(
        target,
        [{}],
        async ({ there: own }) => {
          const [person] = await own.people('user');
          const others = await simultaneously(2, () => person.logInAgain());
          await others[0]?.send('logout');
          const rows = (await readStoredRows(database)).join('\n');
          expect(rows).toContain(person.id);
          for (const token of [person, ...others].map((one) => one.token ?? '')) {
            const bytes = [Buffer.from(token), Buffer.from(token, 'base64url')];
            for (const secret of [token, ...bytes.flatMap(spellings)])
              expect(rows.includes(secret), `stored: ${secret}`).toBe(false);
          }
          // The token's own bytes or its text: either hash is one of the token.
          const token = person.token ?? '';
          const hashes = [Buffer.from(token), Buffer.from(token, 'base64url'), Buffer.from(token, 'hex')]
            .map((bytes) => createHash('sha256').update(bytes).digest())
            .flatMap(spellings);
          expect(hashes.some((hash) => rows.includes(hash))).toBe(true);
        },
        database.url,
      ),
    );
  });
});
