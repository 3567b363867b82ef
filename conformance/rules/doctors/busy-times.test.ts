import { expect } from 'vitest';
import { type Person, uniqueName } from '../../src/actors.ts';
import { book, join, on } from '../../src/bookings.ts';
import { fromNow, later, type Span } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const day = fromNow({ days: 40 });

function at(span: Span): string {
  return later(day, span);
}

function interval(begins: Span, minutes: number): { startsAt: string; endsAt: string } {
  return { startsAt: at(begins), endsAt: later(at(begins), { minutes }) };
}

async function busy(person: Person, doctor: Person, from: string, to: string, now?: string) {
  const answer = await person.send('listBusyTimes', { path: { doctorId: doctor.id }, query: { from, to }, now });
  expect(answer.status, answer.text).toBe(200);
  expect(Object.keys(answer.body)).toEqual(['items']);
  return answer.body.items;
}

rule('doctors/busy-times', ({ test, people }) => {
  const [doctor, colleague, ada, bob] = people('doctor', 'doctor', 'user', 'user');

  test('lists start and end in order, and nothing about whom', async () => {
    const private_ = `private ${uniqueName()}`;
    await book(ada, doctor, { startsAt: at({ hours: 3 }), durationMinutes: 120, reason: private_ });
    await book(doctor, bob, { startsAt: at({ hours: 1 }), durationMinutes: 15, reason: private_ });
    await book(bob, doctor, { startsAt: at({ minutes: 75 }), durationMinutes: 5 });
    await book(ada, colleague, { startsAt: at({ hours: 1 }), durationMinutes: 30 });
    const expected = [interval({ hours: 1 }, 15), interval({ minutes: 75 }, 5), interval({ hours: 3 }, 120)];
    for (const person of [ada, bob, doctor, colleague])
      expect(await busy(person, doctor, day, at({ hours: 6 }))).toEqual(expected);
    expect(await busy(bob, colleague, day, at({ hours: 6 }))).toEqual([interval({ hours: 1 }, 30)]);
    const query = { from: day, to: at({ hours: 6 }) };
    const answer = await bob.send('listBusyTimes', { path: { doctorId: doctor.id }, query, replica: 1 });
    for (const secret of [private_, ada.id, bob.id, ada.displayName]) expect(answer.text).not.toContain(secret);
  });

  test('takes the range half open, to the millisecond, and clips nothing', async () => {
    const taken = interval({ days: 1 }, 30);
    await book(ada, doctor, { startsAt: taken.startsAt, durationMinutes: 30 });
    const { startsAt, endsAt } = taken;
    const before = later(startsAt, { hours: -2 });
    const after = later(endsAt, { hours: 2 });
    const overlapping = [
      [before, after],
      [startsAt, endsAt],
      [before, later(startsAt, { ms: 1 })],
      [later(endsAt, { ms: -1 }), after],
      [startsAt, later(startsAt, { ms: 1 })],
      [later(endsAt, { ms: -1 }), endsAt],
      [later(startsAt, { minutes: 10 }), later(startsAt, { minutes: 20 })],
      [later(startsAt, { minutes: 10 }), later(startsAt, { minutes: 10, ms: 1 })],
    ] as const;
    for (const [from, to] of overlapping) expect(await busy(bob, doctor, from, to), `${from} ${to}`).toEqual([taken]);
    const apart = [[before, startsAt], [endsAt, after], [later(startsAt, { ms: -1 }), startsAt], [endsAt, later(endsAt, { ms: 1 })]] as const; // prettier-ignore
    for (const [from, to] of apart) expect(await busy(bob, doctor, from, to), `${from} ${to}`).toEqual([]);
  });

  test('takes bounds with any offset, truncated to milliseconds', async () => {
    const taken = interval({ days: 2 }, 30);
    await book(ada, doctor, { startsAt: taken.startsAt, durationMinutes: 30 });
    const shifted = (instant: string): string => later(instant, { hours: 5, minutes: 30 }).replace('Z', '+05:30');
    expect(await busy(bob, doctor, shifted(taken.startsAt), shifted(taken.endsAt))).toEqual([taken]);
    expect(await busy(bob, doctor, shifted(taken.endsAt), shifted(later(taken.endsAt, { hours: 1 })))).toEqual([]);
    const justBeforeEnd = later(taken.endsAt, { ms: -1 }).replace('Z', '999999Z');
    expect(await busy(bob, doctor, justBeforeEnd, later(taken.endsAt, { hours: 1 }))).toEqual([taken]);
    const justAfterStart = taken.startsAt.replace('Z', '999999Z');
    expect(await busy(bob, doctor, later(taken.startsAt, { hours: -1 }), justAfterStart)).toEqual([]);
  });

  test('leaves out what is cancelled', async () => {
    const kept = await book(ada, doctor, { startsAt: at({ days: 3 }) });
    const freed = await book(ada, doctor, { startsAt: at({ days: 3, minutes: 30 }) });
    const range = [at({ days: 3 }), at({ days: 4 })] as const;
    expect((await busy(bob, doctor, ...range)).length).toBe(2);
    expect((await ada.send('cancelAppointment', { path: on(freed) })).status).toBe(200);
    const { startsAt, endsAt } = kept;
    expect(await busy(bob, doctor, ...range)).toEqual([{ startsAt, endsAt }]);
    await book(bob, doctor, { startsAt: freed.startsAt, durationMinutes: 5 });
    expect(await busy(bob, doctor, ...range)).toEqual([{ startsAt, endsAt }, interval({ days: 3, minutes: 30 }, 5)]);
  });

  test('lists all of them, however many', async () => {
    const expected = Array.from({ length: 24 }, (_, index) => interval({ days: 5, minutes: 5 * index }, 5));
    await Promise.all(expected.map(({ startsAt }) => book(ada, doctor, { startsAt, durationMinutes: 5 })));
    expect(await busy(bob, doctor, at({ days: 5 }), at({ days: 6 }))).toEqual(expected);
  });

  test('keeps what is missed, going on or completed', { needs: ['clock'] }, async ({ target }) => {
    const [someone, patient] = await target.people({ now: '2047-04-05T08:00:00Z' }, 'doctor', 'user');
    const missed = await book(patient, someone, { startsAt: '2047-04-05T09:00:00Z' });
    const completed = await book(patient, someone, { startsAt: '2047-04-05T10:00:00Z' });
    const begun = await book(patient, someone, { startsAt: '2047-04-05T11:00:00Z' });
    await join(someone.at('2047-04-05T10:05:00Z'), completed);
    const ended = await someone.send('endCall', { path: on(completed), now: '2047-04-05T10:10:00Z' });
    expect(ended.body.status).toBe('completed');
    await join(patient.at('2047-04-05T11:05:00Z'), begun);
    const expected = [missed, completed, begun].map(({ startsAt, endsAt }) => ({ startsAt, endsAt }));
    for (const now of ['2047-04-05T11:06:00Z', '2047-04-05T19:00:00Z'])
      expect(await busy(patient, someone, '2047-04-05T00:00:00Z', '2047-04-06T00:00:00Z', now)).toEqual(expected);
  });

  test('asks for both bounds', async () => {
    const bounds = { from: day, to: at({ days: 1 }) };
    const send = async (query: Record<string, string>) =>
      ada.send('listBusyTimes', { path: { doctorId: doctor.id }, query });
    for (const missing of [['from'], ['to'], ['from', 'to']]) {
      const query = Object.fromEntries(Object.entries(bounds).filter(([name]) => !missing.includes(name)));
      const answer = await send(query);
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors.map((place) => `${place.in} ${place.pointer} ${place.rule}`).sort()).toEqual(
        missing.map((name) => `query /${name} required`),
      );
    }
    for (const bad of ['', 'today', '2031-02-30T00:00:00Z', '2031-01-01T00:00:00', '2031-01-01', '1900000000']) {
      const answer = await send({ from: bad, to: bad });
      expect(answer, bad).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map(({ pointer }) => pointer))).toEqual(new Set(['/from', '/to']));
    }
  });

  test('takes ranges above nothing, up to exactly 31 days of 24 hours', async () => {
    const send = async (from: string, to: string) =>
      ada.send('listBusyTimes', { path: { doctorId: doctor.id }, query: { from, to } });
    const long = later(day, { days: 31 });
    for (const to of [later(day, { ms: 1 }), long, long.replace('Z', '999Z')])
      expect((await send(day, to)).status, to).toBe(200);
    for (const to of [later(long, { ms: 1 }), later(day, { days: 32 }), '9999-12-31T23:59:59Z'])
      expect(await send(day, to), to).toBeProblem(422, 'range-too-long');
    const close = later(day, { ms: -1 });
    for (const to of [day, day.replace('Z', '999Z'), close, later(day, { days: -40 }), '0001-01-01T00:00:00Z'])
      expect(await send(day, to), to).toBeProblem(422, 'invalid-range');
  });

  test('takes ranges at both ends of the calendar', async () => {
    expect(await busy(ada, doctor, '0000-01-01T00:00:00Z', '0000-02-01T00:00:00Z')).toEqual([]);
    expect(await busy(ada, doctor, '9999-12-01T00:00:00Z', '9999-12-31T23:59:59.999Z')).toEqual([]);
  });
});
