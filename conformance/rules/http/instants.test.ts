import { expect } from 'vitest';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const INVALID = [
  '2031-05-01T10:00:00', '2031-05-01', '2031-05-01 10:00:00Z', '2031-05-01t10:00:00Z', '2031-05-01T10:00:00z', '2031-05-01T10:00Z',
  '2031-02-30T10:00:00Z', '2031-02-29T10:00:00Z', '2031-04-31T10:00:00Z', '2031-13-01T10:00:00Z', '2031-00-01T10:00:00Z', '2031-05-00T10:00:00Z',
  '2031-05-01T24:00:00Z', '2031-05-01T10:60:00Z', '2031-05-01T10:00:60Z', '2031-05-01T10:00:00.Z', '2031-05-01T10:00:00.1234567890Z',
  '2031-05-01T10:00:00+24:00', '2031-05-01T10:00:00+01:60', '2031-05-01T10:00:00+0100', '2031-05-01T10:00:00+01', '+002031-05-01T10:00:00Z',
  '31-05-01T10:00:00Z', '2031-5-1T10:00:00Z', ' 2031-05-01T10:00:00Z', '2031-05-01T10:00:00Z ', '1935396000', '',
]; // prettier-ignore

/** What goes in, and how it comes out, at startsAt of an appointment. */
const VALID: [sent: string, shown: string][] = [
  ['2031-05-01T10:00:00Z', '2031-05-01T10:00:00.000Z'],
  ['2031-05-02T10:00:00+05:30', '2031-05-02T04:30:00.000Z'],
  ['2031-05-03T00:30:00.5-10:00', '2031-05-03T10:30:00.500Z'],
  ['2031-05-04T10:00:00.123456789Z', '2031-05-04T10:00:00.123Z'],
  ['2031-05-05T10:00:00.999999999-00:00', '2031-05-05T10:00:00.999Z'],
  ['2031-05-06T23:59:59.9999+23:59', '2031-05-06T00:00:59.999Z'],
];

rule('http/instants', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('takes any offset, and shows UTC, milliseconds and Z', { needs: ['clock'] }, async ({ target }) => {
    const [doctor, user] = await target.people({ now: '2031-04-30T23:00:00Z' }, 'doctor', 'user');
    for (const [startsAt, shown] of VALID) {
      const booked = await user.send('createAppointment', {
        body: { doctorId: doctor.id, startsAt, durationMinutes: 5 },
      });
      expect(booked.status, startsAt).toBe(201);
      expect(booked.body.startsAt).toBe(shown);
      const read = await user.send('getAppointment', { path: { appointmentId: booked.body.id } });
      expect(read.body.startsAt).toBe(shown);
      expect(read.body.createdAt).toBe('2031-04-30T23:00:00.000Z');
    }
  });

  test('takes 29 February of a leap year', { needs: ['clock'] }, async ({ target }) => {
    const [doctor] = await target.people({ now: '2032-02-01T00:00:00Z' }, 'doctor');
    const path = { doctorId: doctor.id };
    const leap = await doctor.send('listBusyTimes', {
      path,
      query: { from: '2032-02-29T00:00:00Z', to: '2032-03-01T00:00:00Z' },
    });
    expect(leap.status).toBe(200);
    const common = await doctor.send('listBusyTimes', {
      path,
      query: { from: '2031-02-29T00:00:00Z', to: '2031-03-01T00:00:00Z' },
    });
    expect(common).toBeProblem(400, 'validation-failed');
  });

  test('refuses what has no offset, does not exist or is spelled otherwise', async ({ target }) => {
    const [user] = await target.people('user');
    for (const instant of INVALID) {
      const inBody = await user.send('createAppointment', {
        body: { doctorId: user.id, startsAt: instant, durationMinutes: 30 },
      });
      expect(inBody, instant).toBeProblem(400, 'validation-failed');
      expect(new Set(inBody.problem.errors.map((place) => `${place.in} ${place.pointer}`)), instant).toEqual(
        new Set(['body /startsAt']),
      );
      const inQuery = await user.send('listAppointments', { query: { from: instant } });
      expect(inQuery, instant).toBeProblem(400, 'validation-failed');
      expect(new Set(inQuery.problem.errors.map((place) => `${place.in} ${place.pointer}`)), instant).toEqual(
        new Set(['query /from']),
      );
    }
  });

  test('answers any year from 0000 to 9999 in a filter', async ({ target }) => {
    const [user] = await target.people('user');
    const query = { from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59.999-23:59' };
    const answer = await user.send('listAppointments', { query });
    expect(answer.status).toBe(200);
    expect(answer.body.items).toEqual([]);
  });

  keepsBothSides(test, 'http/instants', { doctor, user });
});
