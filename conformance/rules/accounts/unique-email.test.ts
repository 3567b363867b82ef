import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { type SendOptions, uniqueName } from '../../src/actors.ts';
import { rule, simultaneously, warmUp } from '../../src/rule.ts';

const PASSWORD = 'long enough for anybody';
const ASCII_WHITE_SPACE = '\t\n\v\f\r ';

const INVALID: unknown[] = [
  '', ' ', 'a', '@', 'a@', '@b', ' @b', 'a@ ', 'no-at.example.org', 'a@b@c', 'a@@b', 'a b@c.d', 'a@b c', 'a\tb@c.d', 'a@b\nc',
  'a\u00a0b@c.d', 'a@b\u3000c', '\u00a0a@b.c', 'a@b.c\u2028', '\u0085a@b.c', '\u2003a@b.c', 'a@b.c\u1680', 5, null, true, ['a@b.c'], {},
]; // prettier-ignore

function registration(email: unknown, more: object = {}): SendOptions {
  return { body: { email, password: PASSWORD, displayName: 'Duet user', role: 'user', ...more } };
}

/** One of some 40,000 ideographs: two of them make a short address that nobody had before. */
function rareLetter(): string {
  return String.fromCodePoint(randomInt(0x20000, 0x2a6d0));
}

rule('accounts/unique-email', ({ test, people }) => {
  const [user] = people('user');

  test('refuses a taken address in any letter case and padding', async ({ target }) => {
    const { email } = user;
    const mixed = email.replace(/[aeiou]/g, (letter) => letter.toUpperCase());
    const spelled = [email, email.toUpperCase(), mixed, ` ${email}`, `${email}\n`, ASCII_WHITE_SPACE + email.toUpperCase() + ASCII_WHITE_SPACE]; // prettier-ignore
    for (const [index, taken] of spelled.entries()) {
      const answer = await target.nobody.send('createAccount', { ...registration(taken), replica: index });
      expect(answer, taken).toBeProblem(409, 'email-taken');
    }
    expect((await user.send('getMe')).body).toEqual(user.account);
    const login = await target.nobody.send('login', { body: { email, password: user.password } });
    expect(login.body.account).toEqual(user.account);
  });

  test('refuses the address of a user to a doctor', async ({ target }) => {
    const asDoctor = registration(user.email.toUpperCase(), { role: 'doctor', inviteCode: target.inviteCode });
    expect(await target.nobody.send('createAccount', asDoctor)).toBeProblem(409, 'email-taken');
  });

  test('lets one of ten simultaneous creations succeed', async ({ target }) => {
    const email = `race-${uniqueName()}@duet.invalid`;
    const spelled = [email, email.toUpperCase(), ` ${email}`, `${email}\t`, `\n${email.replace('duet', 'Duet')} `];
    await warmUp(target, 5);
    const answers = await simultaneously(10, (index) => {
      const more = { displayName: `Duet racer ${index}`, password: `password of racer ${index}` };
      const options = registration(spelled[index % spelled.length], more);
      return target.nobody.send('createAccount', { ...options, replica: Math.floor(index / 5) });
    });
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 201);
    for (const answer of answers.toSpliced(winner, 1)) expect(answer).toBeProblem(409, 'email-taken');
    const logins = await simultaneously(2, (index) => {
      const password = `password of racer ${(winner + index) % 10}`;
      return target.nobody.send('login', { body: { email, password } });
    });
    expect(logins.map(({ status }) => status)).toEqual([201, 401]);
    expect(logins[0]?.body.account).toEqual(answers[winner]?.body);
  });

  test('trims ASCII white space and shows the case as sent', async ({ target }) => {
    const email = `Ada.${uniqueName()}@Duet.Invalid`;
    const padded = `${ASCII_WHITE_SPACE}${email}${ASCII_WHITE_SPACE}`;
    const created = await target.nobody.send('createAccount', registration(padded));
    expect(created.status).toBe(201);
    expect(created.body.email).toBe(email);
    const login = await target.nobody.send('login', { body: { email: email.toLowerCase(), password: PASSWORD } });
    expect(login.status).toBe(201);
    expect(login.body.account.email).toBe(email);
    const me = await target.nobody.send('getMe', { token: login.body.token });
    expect(me.body.email).toBe(email);
  });

  test('takes 3 to 254 code points, counted after trimming', async ({ target }) => {
    const shortest = `${rareLetter()}@${rareLetter()}`;
    const short = await target.nobody.send('createAccount', registration(` ${shortest} `));
    expect(short.status).toBe(201);
    expect(short.body.email).toBe(shortest);
    const longest = `${uniqueName()}${'😀'.repeat(225)}@duet.invalid`;
    expect([...longest].length).toBe(254);
    const long = await target.nobody.send('createAccount', registration(`  ${longest}\r\n`));
    expect(long.status).toBe(201);
    expect(long.body.email).toBe(longest);
    for (const tooLong of [`x${longest}`, `${uniqueName()}${'a'.repeat(226)}@duet.invalid`]) {
      const answer = await target.nobody.send('createAccount', registration(tooLong));
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))).toEqual(
        new Set(['body /email']),
      );
    }
  });

  test('refuses what has not one @ between two sides without white space', async ({ target }) => {
    for (const email of INVALID) {
      const answer = await target.nobody.send('createAccount', registration(email));
      expect(answer, JSON.stringify(email)).toBeProblem(400, 'validation-failed');
      const places = new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`));
      expect(places, JSON.stringify(email)).toEqual(new Set(['body /email']));
    }
  });

  test('keeps what is no white space, as U+FEFF, and trims only ASCII', async ({ target }) => {
    const other = `\uFEFF${user.email}`;
    const created = await target.nobody.send('createAccount', registration(other));
    expect(created.status).toBe(201);
    expect(created.body.email).toBe(other);
  });

  test("compares as ECMAScript's toLowerCase does, and normalises nothing", async ({ target }) => {
    const name = uniqueName();
    const create = async (local: string) => target.nobody.send('createAccount', registration(`${local}@duet.invalid`));
    // I with a dot, the Kelvin sign, capital sharp s, e with an accent, and a capital sigma that ends a word.
    expect((await create(`${name}\u0130\u212A\u1E9E\u00E9\u039F\u03A3`)).status).toBe(201);
    for (const taken of [
      'i\u0307k\u00DF\u00E9\u03BF\u03C2',
      '\u0130K\u00DF\u00C9\u03BF\u03A3',
      'I\u0307\u212A\u1E9E\u00E9\u039F\u03C2',
    ])
      expect(await create(`${name.toUpperCase()}${taken}`), taken).toBeProblem(409, 'email-taken');
    const others = {
      'i without its dot': 'ik\u00DF\u00E9\u03BF\u03C2',
      'ss for sharp s': 'i\u0307kss\u00E9\u03BF\u03C2',
      'the accent apart': 'i\u0307k\u00DFe\u0301\u03BF\u03C2',
      'another sigma': 'i\u0307k\u00DF\u00E9\u03BF\u03C3',
    };
    for (const [what, free] of Object.entries(others)) expect((await create(`${name}${free}`)).status, what).toBe(201);
  });
});
