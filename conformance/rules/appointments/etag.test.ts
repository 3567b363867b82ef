import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, join, on } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { Sightings, STRONG_TAG } from '../../src/sightings.ts';
import { changesByCallbacks } from './etag.under-twilio.ts';

const MALFORMED =
  `current | "open | open" | w/"x" | W/x | 'x' | "a" "b" | *, "a" | "a", * | ** | "a";"b" | "a b"`.split(' | ');

rule('appointments/etag', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = fromNow({ hours: 2 });

  const get = (person: Person, appointment: { id: string }, replica = 0) =>
    person.send('getAppointment', { path: on(appointment), replica });
  const ifNoneMatch = (appointment: { id: string }, value: string) =>
    user.send('getAppointment', { path: on(appointment), headers: { 'if-none-match': value } });
  const cancelIf = (appointment: { id: string }, value: string) =>
    user.send('cancelAppointment', { path: on(appointment), headers: { 'if-match': value } });

  async function bookOne(days: number): Promise<{ id: string; tag: string }> {
    const { id } = await book(user, doctor, { startsAt: fromNow({ days }) });
    return { id, tag: (await get(user, { id })).headers['etag'] ?? '' };
  }

  test('gives equal bodies one strong tag, for both', async () => {
    const created = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt: fromNow({ days: 1 }), durationMinutes: 30 },
    });
    const tag = created.headers['etag'];
    expect(tag).toMatch(STRONG_TAG);
    for (const [index, person] of [user, doctor, user, doctor].entries()) {
      const answer = await get(person, created.body, index >> 1);
      expect([answer.headers['etag'], answer.text]).toEqual([tag, created.text]);
    }
  });

  test('gives the tag of getAppointment with a cancel and an end', async () => {
    const { id } = await bookOne(2);
    const cancelled = await user.send('cancelAppointment', { path: on({ id }) });
    const shown = await get(doctor, { id });
    expect([cancelled.headers['etag'], cancelled.text]).toEqual([shown.headers['etag'], shown.text]);

    const call = await book(user, doctor, { startsAt: fromNow({ minutes: 4 }), durationMinutes: 5 });
    await join(doctor, call);
    const ended = await doctor.send('endCall', { path: on(call) });
    const after = await get(user, call);
    expect([ended.headers['etag'], ended.text]).toEqual([after.headers['etag'], after.text]);
  });

  test("changes the tag with a person's profile, and back", async () => {
    const appointment = await bookOne(3);
    const sightings = new Sightings();
    const first = sightings.add(await get(user, appointment));
    for (const [person, change] of [
      [doctor, { displayName: 'Dr. Changed' }],
      [doctor, { specialty: 'Heart' }],
      [user, { displayName: 'Changed' }],
      [doctor, { specialty: 'Hearts' }],
    ] as const) {
      expect((await person.send('updateMe', { body: change })).status).toBe(200);
      sightings.add(await get(user, appointment));
      sightings.add(await get(doctor, appointment, 1));
    }
    expect(sightings.count).toBe(5);
    expect(await cancelIf(appointment, first)).toBeProblem(412, 'stale-version');

    const before = sightings.add(await get(user, appointment));
    await user.send('updateMe', { body: { displayName: 'Changed for a while' } });
    expect(sightings.add(await get(user, appointment))).not.toBe(before);
    await user.send('updateMe', { body: { displayName: 'Changed' } });
    expect(sightings.add(await get(user, appointment))).toBe(before);
  });

  test('changes the tag with every step of a call', async () => {
    const call = await book(user, doctor, { startsAt: fromNow({ minutes: 9, seconds: 30 }), durationMinutes: 5 });
    const sightings = new Sightings();
    sightings.add(await get(user, call));
    await join(user, call);
    sightings.add(await get(doctor, call));
    await join(doctor, call);
    sightings.add(await get(user, call));
    expect((await doctor.send('endCall', { path: on(call) })).status).toBe(200);
    sightings.add(await get(user, call));
    expect(sightings.count).toBe(4);
  });

  test('tells changes of one instant apart', { needs: ['clock'] }, async () => {
    const cancelled = await book(user.at(start), doctor, { startsAt: later(start, { hours: 5 }) });
    const sightings = new Sightings();
    sightings.add(await get(user.at(start), cancelled));
    const body = { reason: 'at the very instant' };
    sightings.add(await user.send('cancelAppointment', { path: on(cancelled), body, now: start }));
    expect(sightings.count).toBe(2);

    const call = await book(user.at(start), doctor, { startsAt: later(start, { minutes: 5 }), durationMinutes: 5 });
    sightings.add(await get(user.at(start), call));
    for (const person of [user, doctor]) {
      await join(person.at(start), call);
      sightings.add(await get(person.at(start), call));
    }
    sightings.add(await doctor.send('endCall', { path: on(call), now: start }));
    expect(sightings.count).toBe(6);
  });

  test('changes the tag with a new room alone', { needs: ['clock', 'peer'] }, async () => {
    const call = await book(user, doctor, { startsAt: later(start, { hours: 6 }) });
    const sightings = new Sightings();
    for (const minutes of [0, 6]) {
      const now = later(call.startsAt, { minutes });
      await join(user.at(now), call);
      sightings.add(await get(user.at(now), call));
    }
    expect(sightings.count).toBe(2);
  });

  test('changes the tag with time alone', { needs: ['clock'] }, async () => {
    const never = await book(user, doctor, { startsAt: later(start, { minutes: 10 }) });
    const sightings = new Sightings();
    const scheduled = sightings.add(await get(user.at(later(never.endsAt, { ms: -1 })), never));
    const missed = sightings.add(await get(user.at(never.endsAt), never));
    expect(missed).not.toBe(scheduled);
    expect(sightings.add(await get(doctor.at(later(never.endsAt, { hours: 1 })), never, 1))).toBe(missed);

    const joined = await book(user, doctor, { startsAt: later(start, { hours: 1 }) });
    await join(user.at(joined.startsAt), joined);
    const moments = [
      joined.startsAt,
      later(joined.startsAt, { seconds: 19, ms: 999 }),
      later(joined.startsAt, { seconds: 20 }),
      later(joined.startsAt, { minutes: 5, ms: -1 }),
      later(joined.startsAt, { minutes: 5 }),
      later(joined.endsAt, { minutes: 15, ms: -1 }),
      later(joined.endsAt, { minutes: 15 }),
      later(joined.endsAt, { hours: 2 }),
    ];
    for (const moment of moments) {
      const one = sightings.add(await get(user.at(moment), joined));
      expect(sightings.add(await get(doctor.at(moment), joined, 1))).toBe(one);
    }
    expect(sightings.count).toBeGreaterThanOrEqual(5);
  });

  test('answers 304 to a current tag in If-None-Match', async () => {
    const { tag, ...appointment } = await bookOne(4);
    for (const value of [
      '*',
      tag,
      `W/${tag}`,
      `"other", ${tag}`,
      `${tag},"other"`,
      `"a,b", W/"c" ,\t${tag}`,
      `, ,${tag},`,
    ]) {
      const answer = await ifNoneMatch(appointment, value);
      expect(answer.status, value).toBe(304);
      expect(answer.headers['etag']).toBe(tag);
      expect(answer.bytes).toHaveLength(0);
    }
  });

  test('answers 200 to other tags in If-None-Match', async () => {
    const { tag, ...appointment } = await bookOne(5);
    const inner = tag.slice(1, -1);
    for (const value of ['"other"', 'W/"other", "*"', '""', `"x${inner}"`, `"a,${inner}"`, `"${inner.slice(1)}"`]) {
      const answer = await ifNoneMatch(appointment, value);
      expect(answer.status, value).toBe(200);
      expect(answer.headers['etag']).toBe(tag);
    }
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    const changed = await ifNoneMatch(appointment, tag);
    expect([changed.status, changed.body.status]).toEqual([200, 'cancelled']);
    expect(changed.headers['etag']).not.toBe(tag);
  });

  test('sees by If-None-Match what time alone changed', { needs: ['clock'] }, async () => {
    const { id, endsAt } = await book(user, doctor, { startsAt: later(start, { hours: 3 }) });
    const before = later(endsAt, { ms: -1 });
    const tag = (await get(user.at(before), { id })).headers['etag'] ?? '';
    const headers = { 'if-none-match': tag };
    expect((await user.send('getAppointment', { path: on({ id }), headers, now: before })).status).toBe(304);
    const after = await user.send('getAppointment', { path: on({ id }), headers, now: endsAt });
    expect([after.status, after.body.status]).toEqual([200, 'missed']);
  });

  test('cancels under If-Match with a current tag, * or none', async () => {
    for (const value of [
      (tag: string) => tag,
      () => '*',
      (tag: string) => `"other", ${tag}`,
      (tag: string) => `"a,b" ,W/"c",,${tag}`,
    ]) {
      const { tag, ...appointment } = await bookOne(6);
      const answer = await cancelIf(appointment, value(tag));
      expect(answer.status, answer.text).toBe(200);
      expect(answer.headers['etag']).not.toBe(tag);
    }
    const unconditional = await bookOne(6);
    expect((await user.send('cancelAppointment', { path: on(unconditional) })).status).toBe(200);
  });

  test('refuses a cancel under an If-Match that is not current', async () => {
    const { tag, ...appointment } = await bookOne(7);
    const inner = tag.slice(1, -1);
    for (const value of ['"other"', '""', `W/${tag}`, `"other", W/${tag}`, `"x${inner}"`, `"a,${inner}"`, '"*"']) {
      expect(await cancelIf(appointment, value), value).toBeProblem(412, 'stale-version');
    }
    const after = await get(doctor, appointment);
    expect([after.headers['etag'], after.body.status]).toEqual([tag, 'scheduled']);
  });

  test('checks If-Match before the transition', async () => {
    const { tag, ...appointment } = await bookOne(8);
    const cancelled = await cancelIf(appointment, tag);
    expect(await cancelIf(appointment, tag)).toBeProblem(412, 'stale-version');
    expect(await cancelIf(appointment, cancelled.headers['etag'] ?? '')).toBeProblem(409, 'invalid-transition');
    expect(await cancelIf(appointment, '*')).toBeProblem(409, 'invalid-transition');
  });

  test('holds If-Match against the tag of that moment', { needs: ['clock'] }, async () => {
    const { id, endsAt } = await book(user, doctor, { startsAt: later(start, { hours: 4 }) });
    const tag = (await get(user.at(later(endsAt, { ms: -1 })), { id })).headers['etag'] ?? '';
    const headers = { 'if-match': tag };
    const late = await user.send('cancelAppointment', { path: on({ id }), headers, now: endsAt });
    expect(late).toBeProblem(412, 'stale-version');
    const inTime = await user.send('cancelAppointment', { path: on({ id }), headers, now: later(endsAt, { ms: -1 }) });
    expect(inTime.status).toBe(200);
  });

  test('refuses what is no list of tags as an invalid header', async () => {
    const { tag, ...appointment } = await bookOne(9);
    for (const value of MALFORMED) {
      const refused = [
        [await ifNoneMatch(appointment, value), '/If-None-Match'],
        [await cancelIf(appointment, value), '/If-Match'],
      ] as const;
      for (const [answer, pointer] of refused) {
        expect(answer, value).toBeProblem(400, 'validation-failed');
        const places = answer.problem.errors.map((error) => `${error.in} ${error.pointer}`);
        expect([...new Set(places)]).toEqual([`header ${pointer}`]);
      }
    }
    expect((await get(user, appointment)).headers['etag']).toBe(tag);
  });

  changesByCallbacks(test, doctor, user);
});
