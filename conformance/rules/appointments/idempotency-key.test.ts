import { expect } from 'vitest';
import { book, on, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule, simultaneously, warmUp } from '../../src/rule.ts';

const day = fromNow({ days: 30 });
const ALL_VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');

function expectReplay(answer: Answer, first: Answer): void {
  expect(answer.status).toBe(201);
  expect(answer.headers['idempotency-replayed']).toBe('true');
  expect(answer.text).toBe(first.text);
  expect(answer.headers['location']).toBe(first.headers['location']);
  expect(answer.headers['etag']).toBe(first.headers['etag']);
  expect(answer.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
}

function expectFresh(answer: Answer): void {
  expect(answer.status, answer.text).toBe(201);
  expect(answer.headers).not.toHaveProperty('idempotency-replayed');
}

rule('appointments/idempotency-key', ({ test, people }) => {
  const [doctor, user, other] = people('doctor', 'user', 'user');
  const bodyAt = (startsAt: string) => ({ doctorId: doctor.id, startsAt, durationMinutes: 30 });
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

  test('repeats the first answer to the same key and body', async () => {
    const body = { ...bodyAt(day), reason: 'Grüße, 👋🏽 "quoted"\n' };
    const first = await user.send('createAppointment', { body, ...keyed('first') });
    expectFresh(first);
    for (const replica of [0, 1, 0]) {
      expectReplay(await user.send('createAppointment', { body, ...keyed('first'), replica }), first);
    }
    const list = await user.send('listAppointments', { query: { from: day, to: later(day, { hours: 1 }) } });
    expect(list.body.items.map((item) => item.id)).toEqual([first.body.id]);
  });

  test('gives a replay the request id of its own request', async () => {
    const body = bodyAt(later(day, { minutes: 30 }));
    const send = (id: string) =>
      user.send('createAppointment', { body, headers: { 'idempotency-key': 'traced', 'x-request-id': id } });
    expect((await send('first-request')).headers['x-request-id']).toBe('first-request');
    const replay = await send('second-request');
    expect(replay.headers['idempotency-replayed']).toBe('true');
    expect(replay.headers['x-request-id']).toBe('second-request');
  });

  test('takes equal JSON values for the same body', async () => {
    const startsAt = later(day, { hours: 1 });
    const first = await user.send('createAppointment', {
      body: { ...bodyAt(startsAt), reason: 'aé/' },
      ...keyed('equal'),
    });
    expectFresh(first);
    const spellings = [
      `{"reason":"aé/","durationMinutes":30,"startsAt":"${startsAt}","doctorId":"${doctor.id}"}`,
      `\n{ "durationMinutes" : 30.0 ,\t"doctorId":"${doctor.id}", "startsAt":"${startsAt}","reason":"\\u0061\\u00e9\\/"}\r\n `,
      `{"durationMinutes":3e1,"doctorId":"${doctor.id}","startsAt":"${startsAt}","reason":"aé/"}`,
    ];
    for (const rawBody of spellings) {
      expectReplay(await user.send('createAppointment', { rawBody, ...keyed('equal') }), first);
    }
  });

  test('refuses another body with the same key', async () => {
    const startsAt = later(day, { hours: 2 });
    const body = { ...bodyAt(startsAt), reason: 'one' };
    expectFresh(await user.send('createAppointment', { body, ...keyed('reused') }));
    const others = [
      { ...body, reason: 'two' },
      { ...body, reason: 'one ' },
      { ...body, durationMinutes: 35 },
      { ...body, startsAt: later(startsAt, { hours: 5 }) },
      { ...body, startsAt: startsAt.replace('Z', '+00:00') },
      bodyAt(startsAt),
      bodyAt(fromNow({ days: -5 })),
      { ...body, doctorId: '00000000-0000-4000-8000-000000000000' },
    ];
    for (const [index, changed] of others.entries()) {
      const answer = await user.send('createAppointment', { body: changed, ...keyed('reused'), replica: index });
      expect(answer).toBeProblem(422, 'idempotency-key-reused');
    }
    const list = await user.send('listAppointments', {
      query: { from: startsAt, to: later(startsAt, { minutes: 1 }) },
    });
    expect(list.body.items).toHaveLength(1);
  });

  test('checks the body before the key', async () => {
    const body = bodyAt(later(day, { hours: 3 }));
    expectFresh(await user.send('createAppointment', { body, ...keyed('checked') }));
    const invalid = await user.send('createAppointment', {
      body: { ...body, durationMinutes: 7 },
      ...keyed('checked'),
    });
    expect(invalid).toBeProblem(400, 'validation-failed');
  });

  test('repeats the first answer whatever happened since', async () => {
    const startsAt = later(day, { hours: 4 });
    const first = await user.send('createAppointment', { body: bodyAt(startsAt), ...keyed('since') });
    expectFresh(first);
    expect((await doctor.send('cancelAppointment', { path: on(first.body) })).status).toBe(200);
    const name = `${user.displayName}, renamed`;
    expect((await user.send('updateMe', { body: { displayName: name } })).status).toBe(200);
    await book(other, doctor, { startsAt });
    expectReplay(await user.send('createAppointment', { body: bodyAt(startsAt), ...keyed('since') }), first);
    const now = await show(user, first.body);
    expect([now.status, now.user.displayName]).toEqual(['cancelled', name]);
  });

  test('takes 1 to 255 visible ASCII characters for a key', async () => {
    const keys = ['x', 'K'.repeat(255), ALL_VISIBLE, '"quoted"', '0', 'a,b', '*'];
    for (const [index, key] of keys.entries()) {
      const body = bodyAt(later(day, { hours: 5, minutes: 30 * index }));
      const first = await user.send('createAppointment', { body, ...keyed(key) });
      expectFresh(first);
      expectReplay(await user.send('createAppointment', { body, ...keyed(key) }), first);
    }
  });

  test('refuses every other key as an invalid header', async ({ target }) => {
    const startsAt = later(day, { hours: 12 });
    for (const key of ['', 'K'.repeat(256), 'two words', 'tab\tkey', 'grün', 'a, b']) {
      const answer = await target.raw({
        method: 'POST',
        path: '/v1/appointments',
        headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(bodyAt(startsAt)),
      });
      expect(answer, JSON.stringify(key)).toBeProblem(400, 'validation-failed');
      const places = answer.problem.errors.map((error) => `${error.in} ${error.pointer}`);
      expect([...new Set(places)]).toEqual(['header /Idempotency-Key']);
    }
    const list = await user.send('listAppointments', {
      query: { from: startsAt, to: later(startsAt, { minutes: 1 }) },
    });
    expect(list.body.items).toEqual([]);
  });

  test('tells keys apart that differ in one character', async () => {
    const long = 'k'.repeat(254);
    for (const [index, key] of [`${long}x`, `${long}y`, `${long}X`, long].entries()) {
      const startsAt = later(day, { hours: 13, minutes: 30 * index });
      expectFresh(await user.send('createAppointment', { body: bodyAt(startsAt), ...keyed(key) }));
    }
  });

  test('keeps the keys of each account apart', async () => {
    const one = later(day, { hours: 15, minutes: 30 });
    expectFresh(await user.send('createAppointment', { body: bodyAt(one), ...keyed('shared') }));
    const byOther = bodyAt(later(day, { hours: 16 }));
    expectFresh(await other.send('createAppointment', { body: byOther, ...keyed('shared') }));
    const byDoctor = { userId: user.id, startsAt: later(day, { hours: 17 }), durationMinutes: 30 };
    expectFresh(await doctor.send('createAppointment', { body: byDoctor, ...keyed('shared') }));
    const taken = await other.send('createAppointment', { body: bodyAt(one), ...keyed('shared') });
    expect(taken).toBeProblem(422, 'idempotency-key-reused');
  });

  test('does not keep the key of a refused request', async () => {
    const startsAt = later(day, { hours: 18 });
    const inTheWay = await book(other, doctor, { startsAt });
    const body = bodyAt(startsAt);
    for (let times = 0; times < 2; times += 1) {
      const refused = await user.send('createAppointment', { body, ...keyed('refused') });
      expect(refused).toBeProblem(409, 'slot-taken');
      expect(refused.headers).not.toHaveProperty('idempotency-replayed');
    }
    const invalidStart = { ...body, startsAt: fromNow({ days: -1 }) };
    expect(await user.send('createAppointment', { body: invalidStart, ...keyed('refused') })).toBeProblem(
      422,
      'invalid-start',
    );
    expect((await other.send('cancelAppointment', { path: on(inTheWay) })).status).toBe(200);
    const first = await user.send('createAppointment', { body, ...keyed('refused') });
    expectFresh(first);
    expectReplay(await user.send('createAppointment', { body, ...keyed('refused') }), first);
  });

  test('creates one of simultaneous repeats and replays it to the rest', async ({ target }) => {
    await warmUp(target, 10);
    for (let round = 0; round < 10; round += 1) {
      const body = bodyAt(later(day, { days: 1, hours: round }));
      const answers = await simultaneously(10, (replica) =>
        user.send('createAppointment', { body, ...keyed(`simultaneous-${round}`), replica }),
      );
      const fresh = answers.filter((answer) => !('idempotency-replayed' in answer.headers));
      expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(201));
      expect(fresh).toHaveLength(1);
      for (const answer of answers) if (answer !== fresh[0]) expectReplay(answer, fresh[0] as Answer);
    }
    const list = await user.send('listAppointments', {
      query: { from: later(day, { days: 1 }), to: later(day, { days: 1, hours: 10 }) },
    });
    expect(list.body.items).toHaveLength(10);
  });

  test('lets one of two simultaneous bodies have the key', async ({ target }) => {
    await warmUp(target, 10);
    for (let round = 0; round < 10; round += 1) {
      const bodies = [0, 30].map((minutes) => bodyAt(later(day, { days: 2, hours: round, minutes })));
      const answers = await simultaneously(10, (index) =>
        user.send('createAppointment', {
          body: bodies[index % 2],
          ...keyed(`bodies-${round}`),
          replica: index % 4 < 2 ? 0 : 1,
        }),
      );
      const winner = answers.findIndex((answer) => answer.status === 201);
      for (const [index, answer] of answers.entries()) {
        if (index % 2 === winner % 2) expect(answer.text).toBe(answers[winner]?.text);
        else expect(answer).toBeProblem(422, 'idempotency-key-reused');
      }
    }
  });

  test('keeps a key for 24 hours to the millisecond', { needs: ['clock'] }, async () => {
    const body = bodyAt(later(day, { days: 5 }));
    const sent = fromNow({ hours: 1 });
    const first = await user.send('createAppointment', { body, ...keyed('kept'), now: sent });
    expectFresh(first);
    const nextDay = await user.logInAgain(later(sent, { hours: 23 }));
    const last = { body, ...keyed('kept'), now: later(sent, { hours: 24, ms: -1 }) };
    expectReplay(await nextDay.send('createAppointment', last), first);
    const gone = later(sent, { hours: 24 });
    const again = await nextDay.send('createAppointment', { body, ...keyed('kept'), now: gone });
    expect(again).toBeProblem(409, 'slot-taken');
    const another = bodyAt(later(day, { days: 5, hours: 1 }));
    const fresh = await nextDay.send('createAppointment', { body: another, ...keyed('kept'), now: gone });
    expectFresh(fresh);
    expectReplay(await nextDay.send('createAppointment', { body: another, ...keyed('kept'), now: gone }), fresh);
  });

  test('counts the 24 hours from the first request', { needs: ['clock'] }, async () => {
    const body = bodyAt(later(day, { days: 5, hours: 2 }));
    const sent = fromNow({ hours: 1 });
    const first = await user.send('createAppointment', { body, ...keyed('counted'), now: sent });
    const evening = { body, ...keyed('counted'), now: later(sent, { hours: 10 }) };
    expectReplay(await user.send('createAppointment', evening), first);
    const now = later(sent, { hours: 24 });
    const nextDay = await user.logInAgain(now);
    expect((await nextDay.send('cancelAppointment', { path: on(first.body) })).status).toBe(200);
    const anew = await nextDay.send('createAppointment', { body, ...keyed('counted') });
    expectFresh(anew);
    expect(anew.body.id).not.toBe(first.body.id);
  });
});
