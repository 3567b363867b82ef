import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { uniqueName } from '../../src/actors.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const START = Date.now() + 7 * 86_400_000;

async function book(user: Person, doctor: Person, slot: number): Promise<string> {
  const startsAt = new Date(START + slot * 3_600_000).toISOString();
  const booked = await user.send('createAppointment', { body: { doctorId: doctor.id, startsAt, durationMinutes: 5 } });
  expect(booked.status).toBe(201);
  return booked.body.id;
}

function expectInvalidCursor(answer: Answer): void {
  expect(answer).toBeProblem(400, 'validation-failed');
  const places = answer.problem.errors.map((error) => `${error.in} ${error.pointer} ${error.rule}`);
  expect([...new Set(places)]).toEqual(['query /cursor format']);
}

rule('http/pages', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('yields each item once, in order, while others come in', async ({ target }) => {
    const [visitor] = await target.people('user');
    const ids: string[] = [];
    for (const slot of [0, 2, 4, 6, 8]) ids.push(await book(visitor, doctor, slot));
    const first = await visitor.send('listAppointments', { query: { limit: 2 } });
    expect(first.body.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    await book(visitor, doctor, 1);
    const between = await book(visitor, doctor, 5);
    const second = await visitor.send('listAppointments', { query: { limit: 2, cursor: first.body.nextCursor ?? '' } });
    expect(second.body.items.map(({ id }) => id)).toEqual([ids[2], between]);
    await book(visitor, doctor, 3);
    const third = await visitor.send('listAppointments', { query: { limit: 2, cursor: second.body.nextCursor ?? '' } });
    expect(third.body.items.map(({ id }) => id)).toEqual([ids[3], ids[4]]);
    expect(third.body.nextCursor).toBeNull();
  });

  test('takes a cursor on every replica, wherever it was given', { needs: ['replicas'] }, async ({ target }) => {
    const [visitor] = await target.people('user');
    const ids = [await book(visitor, doctor, 10), await book(visitor, doctor, 12)];
    for (const [giving, taking] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const first = await visitor.send('listAppointments', { query: { limit: 1 }, replica: giving });
      const query = { limit: 1, cursor: first.body.nextCursor ?? '' };
      const second = await visitor.send('listAppointments', { query, replica: taking });
      expect(second.status, second.text).toBe(200);
      expect(second.body.items.map(({ id }) => id)).toEqual([ids[1]]);
    }
  });

  test('walks items that sort alike by their id', async ({ target }) => {
    const token = uniqueName();
    const made = await target.people({ specialty: token }, 'doctor', 'doctor', 'doctor');
    for (const person of made)
      expect((await person.send('updateMe', { body: { displayName: 'Same Name' } })).status).toBe(200);
    const ids = made.map(({ id }) => id).sort();
    const seen: string[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; page < 3; page += 1) {
      const answer = await user.send('listDoctors', { query: { q: token, limit: 1, cursor: cursor ?? undefined } });
      expect(answer.body.items.length).toBe(1);
      seen.push(answer.body.items[0]?.id ?? '');
      cursor = answer.body.nextCursor;
    }
    expect(seen).toEqual(ids);
    expect(cursor).toBeNull();
  });

  test('ends with null also after a full last page, and when empty', async () => {
    for (const slot of [20, 22]) await book(user, doctor, slot);
    const full = await user.send('listAppointments', { query: { limit: 2 } });
    expect(full.body.items.length).toBe(2);
    expect(full.body.nextCursor).toBeNull();
    const empty = await user.send('listAppointments', { query: { status: 'completed' } });
    expect(empty.body).toEqual({ items: [], nextCursor: null });
  });

  test('holds 1 to 100 items a page, 20 unless told', async ({ target }) => {
    const [visitor] = await target.people('user');
    for (let slot = 0; slot < 21; slot += 1) await book(visitor, doctor, 100 + slot);
    const usual = await visitor.send('listAppointments');
    expect(usual.body.items.length).toBe(20);
    const rest = await visitor.send('listAppointments', { query: { limit: 100, cursor: usual.body.nextCursor ?? '' } });
    expect(rest.body.items.length).toBe(1);
    expect(rest.body.nextCursor).toBeNull();
    for (const limit of ['0', '101', '-1']) {
      const answer = await visitor.send('listAppointments', { query: { limit } });
      expect(answer, limit).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors[0]).toMatchObject({ in: 'query', pointer: '/limit' });
    }
  });

  test('refuses a cursor of another operation, account or filter', async ({ target }) => {
    const [visitor] = await target.people('user');
    for (const slot of [40, 42, 44]) await book(visitor, doctor, slot);
    const from = new Date(START).toISOString();
    const page = await visitor.send('listAppointments', { query: { limit: 1, from } });
    const cursor = page.body.nextCursor ?? '';
    expect((await visitor.send('listAppointments', { query: { limit: 2, from, cursor } })).status).toBe(200);
    expectInvalidCursor(await doctor.send('listAppointments', { query: { limit: 1, from, cursor } }));
    expectInvalidCursor(await visitor.send('listAppointments', { query: { limit: 1, cursor } }));
    expectInvalidCursor(
      await visitor.send('listAppointments', { query: { limit: 1, from, status: 'scheduled', cursor } }),
    );
    expectInvalidCursor(
      await visitor.send('listAppointments', { query: { limit: 1, from: new Date(START + 1).toISOString(), cursor } }),
    );
    expectInvalidCursor(await visitor.send('listDoctors', { query: { limit: 1, cursor } }));
  });

  test('refuses a cursor that was changed or made up', async ({ target }) => {
    const [visitor] = await target.people('user');
    for (const slot of [60, 62]) await book(visitor, doctor, slot);
    const page = await visitor.send('listAppointments', { query: { limit: 1 } });
    const cursor = page.body.nextCursor ?? '';
    const turned = (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    for (const made of [turned, cursor.slice(0, -1), `${cursor}A`, 'MQ', '0', `${cursor}.${cursor}`]) {
      expectInvalidCursor(await visitor.send('listAppointments', { query: { limit: 1, cursor: made } }));
    }
  });

  keepsBothSides(test, 'http/pages', { doctor, user });
});
