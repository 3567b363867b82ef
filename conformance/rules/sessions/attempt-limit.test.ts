import { expect } from 'vitest';
import { uniqueName } from '../../src/actors.ts';
import { later } from '../../src/instants.ts';
import { rule, simultaneously, type TestTarget, warmUp } from '../../src/rule.ts';

const WRONG = 'nobody has this password';

type Attempt = { email: string; password?: string; now?: string; replica?: number };

/** One login, with a wrong password unless told. */
async function attempt(target: TestTarget, { email, password = WRONG, ...options }: Attempt) {
  return target.nobody.send('login', { body: { email, password }, ...options });
}

/** The same address as somebody else may spell it. */
function respelled(email: string, index: number): string {
  const spellings = [
    email,
    email.toUpperCase(),
    ` ${email}`,
    `${email}\t\r\n`,
    `\v\f${email.replace('duet', 'Duet')} `,
  ];
  return spellings[index % spellings.length] ?? email;
}

function unknownEmail(): string {
  return `unknown-${uniqueName()}@duet.invalid`;
}

/** Ten failures in a row, alternating between replicas and spellings. */
async function failTenTimes(target: TestTarget, email: string, now?: string): Promise<void> {
  for (let index = 0; index < 10; index += 1) {
    const answer = await attempt(target, { email: respelled(email, index), replica: index, ...(now && { now }) });
    expect(answer, `failure ${index + 1}`).toBeProblem(401, 'invalid-credentials');
  }
}

function expectThirtyOfTen(answers: { status: number; headers: Record<string, string> }[]): void {
  const counts = Object.groupBy(answers, ({ status }) => status);
  expect({ 401: counts[401]?.length, 429: counts[429]?.length }).toEqual({ 401: 10, 429: 20 });
  for (const { headers } of counts[429] ?? []) {
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    // A failure of the same moment may be stamped up to 5 s after this request's now.
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(905);
  }
}

rule('sessions/attempt-limit', ({ test, people }) => {
  const [ada, bob] = people('user', 'user');

  test('closes a known email after ten failures', async ({ target }) => {
    const started = Date.now();
    await failTenTimes(target, ada.email);
    for (const password of [ada.password, WRONG])
      for (let replica = 0; replica < 4; replica += 1) {
        const answer = await attempt(target, { email: respelled(ada.email, replica), password, replica });
        expect(answer).toBeProblem(429, 'too-many-attempts');
        const seconds = Number(answer.headers['retry-after']);
        expect(seconds).toBeLessThanOrEqual(900);
        expect(seconds).toBeGreaterThanOrEqual(898 - Math.ceil((Date.now() - started) / 1000));
      }
  });

  test('leaves other emails and sessions alone meanwhile', async ({ target }) => {
    expect((await attempt(target, { email: bob.email, password: bob.password })).status).toBe(201);
    const stranger = await attempt(target, { email: `${uniqueName()}${ada.email}` });
    expect(stranger).toBeProblem(401, 'invalid-credentials');
    expect((await ada.send('getMe')).body).toEqual(ada.account);
  });

  test('closes it on every replica, wherever the failures were', { needs: ['replicas'] }, async ({ target }) => {
    const email = unknownEmail();
    await failTenTimes(target, email);
    for (const replica of target.replicas.keys())
      expect(await attempt(target, { email, replica })).toBeProblem(429, 'too-many-attempts');
  });

  for (const kind of ['known', 'unknown']) {
    test(`lets 10 of 30 simultaneous wrong ones fail, of a ${kind} email`, async ({ target }) => {
      const email = kind === 'known' ? bob.email : unknownEmail();
      await warmUp(target, 15);
      const answers = await simultaneously(30, (index) =>
        attempt(target, { email: respelled(email, index), replica: index }),
      );
      expectThirtyOfTen(answers);
      expect(await attempt(target, { email, password: bob.password })).toBeProblem(429, 'too-many-attempts');
    });
  }

  test('lets all of twelve simultaneous right ones in', async ({ target }) => {
    const [person] = await target.people('user');
    for (let index = 0; index < 9; index += 1)
      expect((await attempt(target, { email: person.email, replica: index })).status).toBe(401);
    await warmUp(target, 6);
    const { email, password } = person;
    const answers = await simultaneously(12, (index) => attempt(target, { email, password, replica: index }));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await attempt(target, { email })).toBeProblem(401, 'invalid-credentials');
    expect(await attempt(target, { email, password })).toBeProblem(429, 'too-many-attempts');
  });

  test('opens again to the millisecond as the oldest failure leaves', { needs: ['clock'] }, async ({ target }) => {
    const start = '2041-05-06T07:00:00.250Z';
    const { email, password } = ada;
    const at = (minutes: number, ms: number) => later(start, { minutes, ms });
    for (let index = 0; index < 10; index += 1)
      expect((await attempt(target, { email, now: at(index, 0), replica: index })).status).toBe(401);
    const closed: [now: string, retryAfter: string][] = [
      [at(9, 0), '360'],
      [at(9, 1), '360'],
      [at(9, 1000), '359'],
      [at(14, 0), '60'],
      [at(14, 58_999), '2'],
      [at(14, 59_000), '1'],
      [at(14, 59_999), '1'],
    ];
    for (const [now, retryAfter] of closed)
      for (const secret of [WRONG, password]) {
        const answer = await attempt(target, { email, password: secret, now });
        expect(answer, now).toBeProblem(429, 'too-many-attempts');
        expect(answer.headers['retry-after'], now).toBe(retryAfter);
      }
    // Of all the 429s none was a failure, and the success clears none of the nine that are left.
    expect((await attempt(target, { email, password, now: at(15, 0) })).status).toBe(201);
    expect(await attempt(target, { email, now: at(15, 0) })).toBeProblem(401, 'invalid-credentials');
    const again = await attempt(target, { email, password, now: at(15, 500) });
    expect(again).toBeProblem(429, 'too-many-attempts');
    expect(again.headers['retry-after']).toBe('60');
    expect(await attempt(target, { email, password, now: at(15, 59_999) })).toBeProblem(429, 'too-many-attempts');
    expect((await attempt(target, { email, password, now: at(16, 0) })).status).toBe(201);
  });

  test('counts failures of up to 5 s after now', { needs: ['clock'] }, async ({ target }) => {
    const now = '2045-05-06T07:00:00Z';
    const { email, password } = ada;
    await failTenTimes(target, email, now);
    const early = await attempt(target, { email, password, now: later(now, { seconds: -5 }) });
    expect(early).toBeProblem(429, 'too-many-attempts');
    expect(early.headers['retry-after']).toBe('905');
    const earlier = later(now, { seconds: -5, ms: -1 });
    expect((await attempt(target, { email, password, now: earlier })).status).toBe(201);
  });

  test('counts neither successes nor what is invalid', { needs: ['clock'] }, async ({ target }) => {
    const now = '2042-05-06T07:00:00Z';
    const { email, password } = ada;
    for (let index = 0; index < 9; index += 1) expect((await attempt(target, { email, now })).status).toBe(401);
    for (const body of [
      { email },
      { email, password: 5 },
      { email, password: 'x'.repeat(1025) },
      { email, password, x: 1 },
    ])
      expect(await target.nobody.send('login', { body, now })).toBeProblem(400, 'validation-failed');
    const malformed = await target.nobody.send('login', { rawBody: `{"email":"${email}"`, now });
    expect(malformed).toBeProblem(400, 'malformed-body');
    for (let index = 0; index < 3; index += 1)
      expect((await attempt(target, { email, password, now })).status).toBe(201);
    expect(await attempt(target, { email, now })).toBeProblem(401, 'invalid-credentials');
    expect(await attempt(target, { email, password, now })).toBeProblem(429, 'too-many-attempts');
    const invalid = await target.nobody.send('login', { body: { email, password: 5 }, now });
    expect(invalid).toBeProblem(400, 'validation-failed');
  });

  test('tells closed emails known and unknown alike', { needs: ['clock'] }, async ({ target }) => {
    const now = '2043-05-06T07:00:00Z';
    const email = unknownEmail();
    await failTenTimes(target, ada.email, now);
    await failTenTimes(target, email, now);
    const headers = { 'x-request-id': 'the-same-for-all' };
    const answers = [];
    for (const credentials of [
      { email: ada.email, password: ada.password },
      { email: ada.email, password: WRONG },
      { email, password: WRONG },
    ])
      answers.push(await target.nobody.send('login', { body: credentials, headers, now: later(now, { minutes: 5 }) }));
    for (const answer of answers) {
      expect(answer).toBeProblem(429, 'too-many-attempts');
      expect(answer.headers['retry-after']).toBe('600');
      expect(answer.text).toBe(answers[0]?.text);
      expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
    }
  });

  test('forgets no failure because somebody asks from later', { needs: ['clock'] }, async ({ target }) => {
    const now = '2044-05-06T07:00:00Z';
    const email = unknownEmail();
    await failTenTimes(target, email, now);
    expect(await attempt(target, { email, now: '2099-01-01T00:00:00Z' })).toBeProblem(401, 'invalid-credentials');
    expect((await attempt(target, { email: ada.email, password: ada.password, now: '2099-01-01T00:00:00Z' })).status).toBe(201); // prettier-ignore
    expect(await attempt(target, { email, now: later(now, { minutes: 1 }) })).toBeProblem(429, 'too-many-attempts');
  });
});
