import { expect } from 'vitest';
import type { Person, SendOptions } from '../../src/actors.ts';
import { book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

rule('appointments/listing', ({ test, people }) => {
  const [doctor, colleague, user, other] = people('doctor', 'doctor', 'user', 'user');

  async function idsOf(person: Person, query: SendOptions['query'], now?: string): Promise<string[]> {
    const list = await person.send('listAppointments', { query: { limit: 100, ...query }, now });
    expect(list.status, list.text).toBe(200);
    expect(list.body.nextCursor).toBeNull();
    return list.body.items.map((item) => item.id);
  }

  test("lists the caller's own, with whomever, and no others", async () => {
    const day = fromNow({ days: 10 });
    const query = { from: day, to: later(day, { days: 1 }) };
    const one = await book(user, doctor, { startsAt: later(day, { hours: 2 }) });
    const two = await book(colleague, user, { startsAt: later(day, { hours: 1 }) });
    const three = await book(other, doctor, { startsAt: later(day, { hours: 3 }) });
    expect(await idsOf(user, query)).toEqual([two.id, one.id]);
    expect(await idsOf(other, query)).toEqual([three.id]);
    expect(await idsOf(doctor, query)).toEqual([one.id, three.id]);
    expect(await idsOf(colleague, query)).toEqual([two.id]);
  });

  test('gives what getAppointment gives, the same to both', async () => {
    const day = fromNow({ days: 20 });
    const appointment = await book(user, doctor, { startsAt: day, reason: 'a rash' });
    const query = { from: day, to: later(day, { ms: 1 }) };
    const [ofUser, ofDoctor] = [
      await user.send('listAppointments', { query }),
      await doctor.send('listAppointments', { query }),
    ];
    expect(ofUser.body).toEqual({ items: [await show(user, appointment)], nextCursor: null });
    expect(ofDoctor.body).toEqual(ofUser.body);
  });

  test('orders by startsAt, whenever they were booked', async () => {
    const day = fromNow({ days: 30 });
    const hours = [5, 1, 4, 2, 3];
    const booked = new Map<number, string>();
    for (const hour of hours)
      booked.set(hour, (await book(user, doctor, { startsAt: later(day, { hours: hour, ms: hour }) })).id);
    const query = { from: day, to: later(day, { days: 1 }) };
    expect(await idsOf(user, query)).toEqual([1, 2, 3, 4, 5].map((hour) => booked.get(hour)));
    expect(await idsOf(doctor, query)).toEqual([1, 2, 3, 4, 5].map((hour) => booked.get(hour)));
  });

  test('orders those of one instant by the text of their ids', async () => {
    const startsAt = fromNow({ days: 40 });
    const ids: string[] = [];
    for (let times = 0; times < 8; times += 1) {
      const { id } = await book(user, doctor, { startsAt });
      ids.push(id);
      expect((await user.send('cancelAppointment', { path: on({ id }) })).status).toBe(200);
    }
    const query = { from: startsAt, to: later(startsAt, { ms: 1 }) };
    expect(await idsOf(user, query)).toEqual(ids.sort());
    const first = await user.send('listAppointments', { query: { ...query, limit: 3 } });
    expect(first.body.items.map((item) => item.id)).toEqual(ids.slice(0, 3));
    const second = await user.send('listAppointments', {
      query: { ...query, limit: 5, cursor: first.body.nextCursor ?? '' },
    });
    expect(second.body.items.map((item) => item.id)).toEqual(ids.slice(3));
    expect(second.body.nextCursor).toBeNull();
  });

  test('takes from as not before and to as before, to the millisecond', async () => {
    const startsAt = fromNow({ days: 50 });
    const { id } = await book(user, doctor, { startsAt });
    const before = later(startsAt, { ms: -1 });
    const after = later(startsAt, { ms: 1 });
    const [dayBefore, dayAfter] = [later(startsAt, { days: -1 }), later(startsAt, { days: 1 })];
    expect(await idsOf(user, { from: startsAt, to: dayAfter })).toEqual([id]);
    expect(await idsOf(user, { from: after, to: dayAfter })).toEqual([]);
    expect(await idsOf(user, { from: dayBefore, to: startsAt })).toEqual([]);
    expect(await idsOf(user, { from: dayBefore, to: after })).toEqual([id]);
    expect(await idsOf(user, { from: before, to: startsAt })).toEqual([]);
    expect(await idsOf(user, { from: startsAt, to: after })).toEqual([id]);
  });

  test('lists a running one by its start alone', async () => {
    const startsAt = fromNow({ days: 60 });
    await book(user, doctor, { startsAt, durationMinutes: 120 });
    expect(await idsOf(user, { from: later(startsAt, { minutes: 1 }), to: later(startsAt, { minutes: 60 }) })).toEqual(
      [],
    );
  });

  test('takes either bound alone, in any offset, or none', async () => {
    const near = await book(other, colleague, { startsAt: fromNow({ days: 70 }) });
    const far = await book(other, colleague, { startsAt: fromNow({ days: 300 }) });
    const middle = fromNow({ days: 200 });
    const inOffset = `${later(middle, { hours: 5 }).slice(0, -1)}+05:00`;
    expect(await idsOf(other, { from: inOffset })).toEqual([far.id]);
    expect(await idsOf(colleague, { from: near.startsAt, to: inOffset })).toEqual([near.id]);
    const everything = await idsOf(other, {});
    expect(everything.slice(-2)).toEqual([near.id, far.id]);
    expect(await idsOf(other, { to: inOffset })).toEqual(everything.slice(0, -1));
  });

  test('refuses a to that is not after from', async () => {
    const from = fromNow({ days: 1 });
    const sameInstant = `${later(from, { hours: 2 }).slice(0, -1)}+02:00`;
    for (const to of [from, sameInstant, later(from, { ms: -1 }), '2000-01-01T00:00:00Z']) {
      expect(await user.send('listAppointments', { query: { from, to } })).toBeProblem(422, 'invalid-range');
    }
    expect(await idsOf(user, { from, to: later(from, { ms: 1 }) })).toEqual([]);
  });

  test('filters by a status, which ends where nothing follows', async () => {
    const day = fromNow({ days: 80 });
    const [cancelled, scheduled]: [string[], string[]] = [[], []];
    for (const hours of [1, 2, 3, 4, 5, 6]) {
      const { id } = await book(user, doctor, { startsAt: later(day, { hours }) });
      if (hours % 2 === 1) expect((await doctor.send('cancelAppointment', { path: on({ id }) })).status).toBe(200);
      (hours % 2 === 1 ? cancelled : scheduled).push(id);
    }
    const query = { from: day, to: later(day, { days: 1 }) };
    expect(await idsOf(user, { ...query, status: 'cancelled' })).toEqual(cancelled);
    expect(await idsOf(user, { ...query, status: 'scheduled' })).toEqual(scheduled);
    for (const status of ['in_progress', 'completed', 'missed'])
      expect(await idsOf(user, { ...query, status })).toEqual([]);
    // A page that is full with the last match has no next one, though others come after it.
    expect(await idsOf(user, { ...query, status: 'cancelled', limit: 3 })).toEqual(cancelled);
    const page = await user.send('listAppointments', { query: { ...query, status: 'scheduled', limit: 2 } });
    expect(page.body.items.map((item) => item.id)).toEqual(scheduled.slice(0, 2));
    const cursor = page.body.nextCursor ?? '';
    expect(await idsOf(user, { ...query, status: 'scheduled', limit: 2, cursor })).toEqual(scheduled.slice(2));
  });

  test('refuses a status that there is not', async () => {
    for (const status of ['Scheduled', 'in-progress', 'over', '']) {
      const answer = await user.send('listAppointments', { query: { status } });
      expect(answer, status).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors.map((error) => `${error.in} ${error.pointer}`)).toContain('query /status');
    }
  });

  test('shows running and ended calls by their status', async () => {
    const startsAt = fromNow({ minutes: 2 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const query = { from: startsAt, to: later(startsAt, { ms: 1 }) };
    await join(user, appointment);
    expect(await idsOf(doctor, { ...query, status: 'in_progress' })).toEqual([appointment.id]);
    expect(await idsOf(doctor, { ...query, status: 'scheduled' })).toEqual([]);
    await doctor.send('endCall', { path: on(appointment) });
    expect(await idsOf(user, { ...query, status: 'completed' })).toEqual([appointment.id]);
    expect(await idsOf(user, { ...query, status: 'in_progress' })).toEqual([]);
  });

  test('filters by the status of this very moment', { needs: ['clock'] }, async () => {
    const startsAt = fromNow({ hours: 2 });
    const joined = await book(user, doctor, { startsAt });
    const never = await book(user, colleague, { startsAt: joined.endsAt });
    await join(user.at(startsAt), joined);
    const query = { from: startsAt, to: later(startsAt, { days: 1 }) };
    const moments: [now: string, status: string, ids: string[]][] = [
      [later(never.endsAt, { ms: -1 }), 'scheduled', [never.id]],
      [later(never.endsAt, { ms: -1 }), 'missed', []],
      [never.endsAt, 'scheduled', []],
      [never.endsAt, 'missed', [never.id]],
      [later(joined.endsAt, { minutes: 15, ms: -1 }), 'in_progress', [joined.id]],
      [later(joined.endsAt, { minutes: 15, ms: -1 }), 'completed', []],
      [later(joined.endsAt, { minutes: 15 }), 'in_progress', []],
      [later(joined.endsAt, { minutes: 15 }), 'completed', [joined.id]],
    ];
    for (const [now, status, ids] of moments) {
      expect(await idsOf(user, { ...query, status }, now), `${status} at ${now}`).toEqual(ids);
      const list = await user.send('listAppointments', { query: { ...query, status }, now, replica: 1 });
      expect(list.body.items.map((item) => item.status)).toEqual(ids.map(() => status));
    }
  });
});
