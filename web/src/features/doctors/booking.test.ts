import { expect, test, vi } from 'vitest';
import { anAppointment } from '../appointments/appointment.sample.ts';

vi.mock('../../api/client.ts', () => ({}));
vi.mock('../../api/session.ts', () => ({}));
vi.mock('../../api/events.ts', () => ({}));
vi.mock('../../api/problem.ts', () => ({ ApiProblem: Error }));

const { createKeys } = await import('./use-booking.ts');
const { queryOf } = await import('./use-doctors.ts');
const { knownPeople } = await import('./use-known-people.ts');

test('the same wish keeps its key, another one gets another', () => {
  let made = 0;
  const keys = createKeys(() => `key-${(made += 1)}`);
  const wish = { doctorId: 'd', startsAt: '2026-11-27T10:00:00.000Z', durationMinutes: 30 };
  expect([keys.keyFor(wish), keys.keyFor({ ...wish })]).toEqual(['key-1', 'key-1']);
  expect(keys.keyFor({ ...wish, durationMinutes: 15 })).toBe('key-2');
  keys.forget();
  expect(keys.keyFor({ ...wish, durationMinutes: 15 })).toBe('key-3');
});

test('white space alone asks for everybody, long text is cut between characters', () => {
  expect([queryOf(''), queryOf(' \u3000'), queryOf(' heart ')]).toEqual([null, null, ' heart ']);
  expect([...(queryOf('🫀'.repeat(101)) ?? '')]).toHaveLength(100);
});

test('a doctor knows each person once, the latest first', () => {
  const { doctor, user } = anAppointment();
  const ada = { ...user, id: 'ada', displayName: 'Ada' };
  const appointments = [anAppointment(), anAppointment({ id: 'b', user: ada }), anAppointment({ id: 'c' })];
  expect(knownPeople(appointments, doctor.id).map((person) => person.displayName)).toEqual(['Luka Horvat', 'Ada']);
});
