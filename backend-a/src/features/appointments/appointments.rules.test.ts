import { describe, expect, test } from 'vitest';
import { Problem } from '../../problem.ts';
import { noCall } from '../calls/call.ts';
import { at, sampleAppointment as sample } from './appointment.sample.ts';
import { hashOfRequest, mustStartWithinAYear, placesOfCounterpart, statusOf } from './appointments.rules.ts';
import { represent } from './appointments.view.ts';

describe('statusOf', () => {
  const joined = { ...sample, call: { ...noCall, startedAt: at('09:55:00.000') } };

  test.each([
    ['scheduled', sample, at('10:29:59.999')],
    ['missed', sample, at('10:30:00.000')],
    ['in_progress', joined, at('10:44:59.999')],
    ['completed', joined, at('10:45:00.000')],
    ['completed', { ...joined, call: { ...joined.call, endedAt: at('10:10:00.000') } }, at('10:10:00.000')],
    ['cancelled', { ...sample, cancelledAt: at('09:00:00.000') }, at('11:00:00.000')],
  ])('is %s', (status, appointment, now) => expect(statusOf(appointment, now)).toBe(status));
});

describe('mustStartWithinAYear', () => {
  const now = at('10:00:00.000');
  const year = 365 * 24 * 3_600_000;

  test.each([0, year])('allows %d ms from now', (ms) => {
    expect(() => mustStartWithinAYear(new Date(now.getTime() + ms), now)).not.toThrow();
  });

  test.each([-1, year + 1])('refuses %d ms from now', (ms) => {
    expect(() => mustStartWithinAYear(new Date(now.getTime() + ms), now)).toThrow(Problem);
  });
});

describe('placesOfCounterpart', () => {
  const placesOf = (role: 'doctor' | 'user', body: object) =>
    placesOfCounterpart(role, body).map(({ pointer, rule }) => `${pointer} ${rule}`);

  test('wants the one that is expected', () => {
    expect(placesOf('user', { doctorId: '1' })).toEqual([]);
    expect(placesOf('user', {})).toEqual(['/doctorId required']);
    expect(placesOf('doctor', {})).toEqual(['/userId required']);
  });

  test('names the wrong one beside the expected one, and both when both are given', () => {
    expect(placesOf('user', { userId: '1' })).toEqual(['/userId unknown', '/doctorId required']);
    expect(placesOf('user', { userId: '1', doctorId: '2' })).toEqual(['/userId unknown', '/doctorId unknown']);
  });
});

test('hashOfRequest knows equal JSON values', () => {
  const hash = (text: string) => hashOfRequest(JSON.parse(text)).toString('hex');
  expect(hash('{"a": 30.0, "b": {"c": 1, "d": 2}}')).toBe(hash('{"b":{"d":2,"c":1},"a":30}'));
  expect(hash('{"a": [1, 2]}')).not.toBe(hash('{"a": [2, 1]}'));
  expect(hash('{"a": "30"}')).not.toBe(hash('{"a": 30}'));
});

test('a tag names one representation, whatever makes the difference', () => {
  const first = represent(sample, at('09:00:00.000'));
  expect(represent(sample, at('09:30:00.000'))).toEqual(first);
  expect(represent(sample, at('10:30:00.000')).etag).not.toBe(first.etag);
  expect(represent({ ...sample, user: { ...sample.user, displayName: 'Eda' } }, at('09:00:00.000')).etag).not.toBe(
    first.etag,
  );
});
