import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type Actor, uniqueName } from '../../src/actors.ts';
import { withOwnDatabase, withServers } from '../../src/launched.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';
import { readStoredRows, spellings } from '../../src/stack/stored-rows.ts';

/** A new account's email and the answer to its creation. */
async function create(nobody: Actor, password: unknown) {
  const email = `password-${uniqueName()}@duet.invalid`;
  const body = { email, password, displayName: 'Duet secret', role: 'user' };
  return { email, answer: await nobody.send('createAccount', { body }) };
}

async function logIn(nobody: Actor, email: string, password: string): Promise<number> {
  return (await nobody.send('login', { body: { email, password } })).status;
}

rule('accounts/password', ({ test, people }) => {
  const [user, doctor] = people('user', 'doctor');

  test('takes 10 to 128 code points', async ({ target }) => {
    for (const password of ['ten signs!', '😀'.repeat(10), 'x'.repeat(128), '😀'.repeat(128)])
      expect((await create(target.nobody, password)).answer.status, password).toBe(201);
    const refused = { minLength: ['', 'nine sign', '😀'.repeat(9)], maxLength: ['x'.repeat(129), '😀'.repeat(129)] };
    for (const [keyword, passwords] of Object.entries(refused))
      for (const password of passwords) {
        const { answer } = await create(target.nobody, password);
        expect(answer, password).toBeProblem(400, 'validation-failed');
        const place = { in: 'body', pointer: '/password', rule: keyword, message: expect.stringMatching(/\S/) };
        expect(answer.problem.errors, password).toEqual([place]);
      }
  });

  test('takes any characters, white space alone too, but only a text', async ({ target }) => {
    const spaces = ' '.repeat(10);
    const { email, answer } = await create(target.nobody, spaces);
    expect(answer.status).toBe(201);
    expect(await logIn(target.nobody, email, `${spaces} `)).toBe(401);
    expect(await logIn(target.nobody, email, '')).toBe(401);
    expect(await logIn(target.nobody, email, spaces)).toBe(201);
    for (const password of [undefined, 1234567890, null, ['ten signs!']]) {
      const refused = await create(target.nobody, password);
      expect(refused.answer).toBeProblem(400, 'validation-failed');
      expect(new Set(refused.answer.problem.errors.map(({ pointer }) => pointer))).toEqual(new Set(['/password']));
    }
  });

  for (const sign of ['x', '😀']) {
    test(`tells long passwords of ${sign} apart by their last character`, async ({ target }) => {
      const password = sign.repeat(128);
      const { email } = await create(target.nobody, password);
      expect(await logIn(target.nobody, email, `${sign.repeat(127)}y`)).toBe(401);
      expect(await logIn(target.nobody, email, sign.repeat(127))).toBe(401);
      expect(await logIn(target.nobody, email, `${password}${sign}`)).toBe(401);
      expect(await logIn(target.nobody, email, `y${sign.repeat(127)}`)).toBe(401);
      expect(await logIn(target.nobody, email, password)).toBe(201);
    });
  }

  test('neither trims, folds nor normalises a password', async ({ target }) => {
    const password = ' Pa\u0308ss\u00AD wo\u00E9rd\u200B\t';
    const { email } = await create(target.nobody, password);
    const others = [
      password.trim(),
      password.normalize('NFC'),
      password.normalize('NFD'),
      password.toLowerCase(),
      password.replace('\u00AD', ''),
      password.replace('\u200B', ''),
      password.replace('\u200B', '\u000B'),
      `${password}\u0000`,
    ];
    for (const other of others) expect(await logIn(target.nobody, email, other), JSON.stringify(other)).toBe(401);
    expect(await logIn(target.nobody, email, password)).toBe(201);
  });

  test('appears in no answer, whatever becomes of the request', async ({ target }) => {
    const { email, password } = user;
    const other = `another ${uniqueName()}`;
    const short = uniqueName().slice(0, 9);
    const account = { email, password, displayName: 'Duet secret', role: 'user' };
    const answers = [
      await target.nobody.send('login', { body: { email, password } }),
      await target.nobody.send('login', { body: { email, password: other } }),
      await target.nobody.send('login', { body: { email, password, x: other } }),
      await target.nobody.send('createAccount', { body: account }),
      await target.nobody.send('createAccount', { body: { ...account, role: password } }),
      await target.nobody.send('createAccount', { body: { ...account, password: short } }),
      await target.nobody.send('createAccount', { body: { ...account, password: other.repeat(9) } }),
      await target.nobody.send('createAccount', { rawBody: JSON.stringify(account).slice(0, -1) }),
      await user.send('updateMe', { body: { password } }),
      await user.send('getMe'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 401, 400, 409, 400, 400, 400, 400, 400, 200]);
    for (const answer of answers) {
      const shown = answer.text + JSON.stringify(answer.headers);
      for (const secret of [password, other, short]) expect(shown).not.toContain(secret);
    }
  });

  test('is stored as argon2id alone, and in no log', { needs: ['launcher'] }, async ({ target }) => {
    await withOwnDatabase(target, (database) =>
      withServers(
        target,
        [{ LOG: 'production' }, { LOG: 'dev' }],
        async ({ there: own, servers }) => {
          const password = `stored${uniqueName()}`;
          const wrong = `wrong${uniqueName()}`;
          for (const replica of [0, 1]) {
            const body = {
              email: `stored-${replica}@duet.invalid`,
              password,
              displayName: 'Duet secret',
              role: 'user',
            };
            const { email } = body;
            const answers = [
              await own.nobody.send('createAccount', { body, replica }),
              await own.nobody.send('createAccount', { body, replica }),
              await own.nobody.send('createAccount', { body: { ...body, password: wrong.slice(0, 9) }, replica }),
              await own.nobody.send('createAccount', { rawBody: JSON.stringify(body).slice(0, -1), replica }),
              await own.nobody.send('login', { body: { email, password }, replica }),
              await own.nobody.send('login', { body: { email, password: wrong }, replica }),
            ];
            expect(answers.map(({ status }) => status)).toEqual([201, 409, 400, 400, 201, 401]);
          }
          const rows = (await readStoredRows(database)).join('\n');
          expect(rows).toContain('stored-0@duet.invalid');
          expect(new Set(rows.match(/\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+/g)).size).toBe(2);
          const quickHashes = ['md5', 'sha1', 'sha256', 'sha512'].map((name) =>
            createHash(name).update(password).digest(),
          );
          const forbidden = [
            password,
            wrong,
            ...[Buffer.from(password), Buffer.from(wrong), ...quickHashes].flatMap(spellings),
          ];
          for (const secret of forbidden) expect(rows.includes(secret), `stored: ${secret}`).toBe(false);
          await Promise.all(servers.map((server) => server.stop()));
          const logs = servers.map(({ stdout, stderr }) => [...stdout, ...stderr].join('\n'));
          for (const log of logs) {
            expect(log).toContain('/v1/sessions');
            for (const secret of [password, wrong, wrong.slice(0, 9)]) expect(log).not.toContain(secret);
          }
        },
        database.url,
      ),
    );
  });

  keepsBothSides(test, 'accounts/password', { doctor, user });
});
