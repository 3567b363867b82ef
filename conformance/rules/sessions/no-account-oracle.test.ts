import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { type Person, uniqueName } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { measure, rule, type TestTarget } from '../../src/rule.ts';

const NO_PASSWORDS = ['', 'x', 'nine sign', ' '.repeat(12), 'a\u0000b', 'x'.repeat(129), '😀'.repeat(1024)];
/** Within this factor two medians count as the same work; no hash at all makes a factor of five and more. */
const SAME_WORK = 2;
const ROUNDS = 3;
const KINDS = ['wrong password', 'unknown email', 'impossible password', 'impossible email'] as const;
type Kind = (typeof KINDS)[number];

function unknownEmail(): string {
  return `unknown-${uniqueName()}@duet.invalid`;
}

/** What of an answer could tell two cases apart: all but the time of day. */
function tellTales({ status, headers, text }: Answer): object {
  const { date: _, ...others } = headers;
  return { status, headers: others, text };
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Medians in milliseconds of refused logins of four kinds, taken in turns. */
async function timeRefusals(target: TestTarget, people: Person[]): Promise<Map<Kind, number>> {
  const samples = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  // Two kinds at four turns a person: below ten failures of one email.
  for (const person of people)
    for (let turn = 0; turn < 4; turn += 1)
      for (const kind of turn % 2 === 0 ? KINDS : KINDS.toReversed()) {
        const answer = await target.nobody.send('login', { body: credentials(kind, person) });
        expect(answer).toBeProblem(401, 'invalid-credentials');
        samples.get(kind)?.push(answer.ms);
      }
  return new Map(KINDS.map((kind) => [kind, median(samples.get(kind) ?? [])]));
}

function credentials(kind: Kind, person: Person): { email: string; password: string } {
  const email = { 'unknown email': unknownEmail(), 'impossible email': uniqueName() }[kind as string] ?? person.email;
  return { email, password: kind.startsWith('impossible') ? 'x' : `wrong ${uniqueName()}` };
}

/** By which factor each kind differs from a wrong password, 1 or more. */
function factorsOf(medians: Map<Kind, number>): Map<Kind, number> {
  const base = medians.get('wrong password') ?? NaN;
  return new Map([...medians].map(([kind, ms]) => [kind, Math.max(ms / base, base / ms)]));
}

rule('sessions/no-account-oracle', ({ test, people }) => {
  // Two, since ten failures of one email would close it.
  const [user, other] = people('user', 'user');

  test('answers a wrong password and an unknown email alike', async ({ target }) => {
    const headers = { 'x-request-id': 'the-same-for-all' };
    const send = async (email: string, password: string, replica: number) =>
      target.nobody.send('login', { body: { email, password }, headers, replica });
    for (const replica of [0, 1]) {
      const known = await send(user.email, `${user.password}x`, replica);
      expect(known).toBeProblem(401, 'invalid-credentials');
      expect(known.headers['www-authenticate']).toBeUndefined();
      const unknown = await send(unknownEmail(), user.password, replica);
      const impossible = [await send(user.email, 'x', replica), await send(uniqueName(), 'x', replica)];
      for (const answer of [unknown, ...impossible]) expect(tellTales(answer)).toEqual(tellTales(known));
    }
  });

  test('answers 401 to passwords that could be nobody’s', async ({ target }) => {
    for (const password of NO_PASSWORDS) {
      const ofKnown = await target.nobody.send('login', { body: { email: other.email.toUpperCase(), password } });
      expect(ofKnown, password.slice(0, 20)).toBeProblem(401, 'invalid-credentials');
      const ofUnknown = await target.nobody.send('login', { body: { email: unknownEmail(), password } });
      expect(ofUnknown, password.slice(0, 20)).toBeProblem(401, 'invalid-credentials');
    }
  });

  test('takes no lone surrogate in a password for what UTF-8 makes of it', async ({ target }) => {
    const email = unknownEmail();
    const password = '\uFFFD and more';
    const account = { email, password, displayName: 'Duet replaced', role: 'user' };
    expect((await target.nobody.send('createAccount', { body: account })).status).toBe(201);
    for (const escaped of ['\\ud83d', '\\udc69']) {
      const rawBody = `{"email":"${email}","password":"${escaped} and more"}`;
      expect(await target.nobody.send('login', { rawBody }), escaped).toBeProblem(401, 'invalid-credentials');
    }
    expect((await target.nobody.send('login', { body: { email, password } })).status).toBe(201);
  });

  test('takes no lone surrogate in an email for it, either', async ({ target }) => {
    const name = uniqueName();
    const password = 'long enough for anybody';
    const account = { email: `${name}\uFFFD@duet.invalid`, password, displayName: 'Duet replaced', role: 'user' };
    expect((await target.nobody.send('createAccount', { body: account })).status).toBe(201);
    for (const escaped of ['\\ud83d', '\\udc69']) {
      const rawBody = `{"email":"${name}${escaped}@duet.invalid","password":"${password}"}`;
      expect(await target.nobody.send('login', { rawBody }), escaped).toBeProblem(401, 'invalid-credentials');
    }
    expect((await target.nobody.send('login', { body: { email: account.email, password } })).status).toBe(201);
  });

  test('answers 401 to emails that could be nobody’s', async ({ target }) => {
    const name = uniqueName();
    const emails = [name, `${name}@`, `@${name}`, `${name}@a@b`, `${name} x@duet.invalid`, `${name}\u0000@duet.invalid`, `%${name}`, `${name}' or ''='`, name.repeat(64), '😀'.repeat(1008) + name]; // prettier-ignore
    for (const email of emails) {
      const answer = await target.nobody.send('login', { body: { email, password: user.password } });
      expect(answer, email.slice(0, 40)).toBeProblem(401, 'invalid-credentials');
    }
    for (const escaped of ['\\ud83d', '\\udc69\\ud83d']) {
      const rawBody = `{"email":"${name}${escaped}@duet.invalid","password":"${escaped}"}`;
      expect(await target.nobody.send('login', { rawBody }), escaped).toBeProblem(401, 'invalid-credentials');
    }
  });

  test('answers 401 to an email of white space alone', { needs: ['clock'] }, async ({ target }) => {
    // Everybody's empty email is the same one, so each run fails in a quarter of an hour of its own.
    const now = new Date(Date.UTC(2030, 0) + randomInt(2_000_000) * 900_000).toISOString();
    for (const email of ['', ' ', '\t\r\n', '@']) {
      const answer = await target.nobody.send('login', { body: { email, password: user.password }, now });
      expect(answer, JSON.stringify(email)).toBeProblem(401, 'invalid-credentials');
    }
  });

  test('takes two strings of up to 1,024 code points and nothing else', async ({ target }) => {
    const [email, password] = [unknownEmail(), 'x'];
    const bodies: [body: object, pointer: string][] = [
      [{ email: 'x'.repeat(1025), password }, '/email'],
      [{ email: '😀'.repeat(1025), password }, '/email'],
      [{ email, password: 'x'.repeat(1025) }, '/password'],
      [{ email, password: '😀'.repeat(1025) }, '/password'],
      [{ email }, '/password'],
      [{ password }, '/email'],
      [{ email, password: 5 }, '/password'],
      [{ email: null, password }, '/email'],
      [{ email, password, role: 'user' }, '/role'],
    ];
    for (const [body, pointer] of bodies) {
      const answer = await target.nobody.send('login', { body });
      expect(answer, pointer).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))).toEqual(
        new Set([`body ${pointer}`]),
      );
    }
  });

  test('does the same work in every case', { lane: 'quiet' }, async ({ target }) => {
    // A busy machine can lengthen one round; only what is told apart in all of them is another work.
    const rounds: Map<Kind, number>[] = [];
    while (rounds.length < ROUNDS && !rounds.some((factors) => Math.max(...factors.values()) < SAME_WORK))
      rounds.push(factorsOf(await timeRefusals(target, await target.people('user', 'user'))));
    for (const kind of KINDS.slice(1)) {
      const factors = rounds.map((round) => round.get(kind) ?? Infinity);
      const closest = Math.min(...factors);
      measure(`${kind} against wrong password, as a factor`, closest, { bound: SAME_WORK, unit: 'count' });
      expect(closest, `${kind}: ${factors.map((factor) => factor.toFixed(2)).join(', ')}`).toBeLessThan(SAME_WORK);
    }
  });
});
