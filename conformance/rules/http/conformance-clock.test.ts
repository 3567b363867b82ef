import { expect } from 'vitest';
import { withServers } from '../../src/launched.ts';
import { rule } from '../../src/rule.ts';

rule('http/conformance-clock', ({ test }) => {
  test('takes now from the header, for accounts, sessions and bookings', async ({ target }) => {
    const now = '2044-02-29T12:00:00.123Z';
    const [doctor, user] = await target.people({ now }, 'doctor', 'user');
    expect(user.account.createdAt).toBe(now);
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt: '2044-03-01T12:00:00Z', durationMinutes: 5 },
    });
    expect(booked.status).toBe(201);
    expect(booked.body.createdAt).toBe(now);
    const later = await user.send('getAppointment', {
      path: { appointmentId: booked.body.id },
      now: '2044-02-29T13:00:00+01:00',
    });
    expect(later.status).toBe(200);
  });

  test('takes a time that has long passed', async ({ target }) => {
    const now = '2001-02-03T04:05:06.789Z';
    const [user] = await target.people({ now }, 'user');
    expect(user.account.createdAt).toBe(now);
    expect((await user.send('getMe', { now: '2001-02-03T16:05:06.788Z' })).body).toEqual(user.account);
    expect(await user.send('getMe', { now: '2001-02-03T16:05:06.789Z' })).toBeProblem(401, 'unauthenticated');
  });

  test('uses real time where the header is absent', async ({ target }) => {
    const [user] = await target.people({ now: '2044-02-29T12:00:00Z' }, 'user');
    const before = Date.now();
    const [fresh] = await target.people('user');
    const created = Date.parse(fresh.account.createdAt);
    expect(created).toBeGreaterThan(before - 60_000);
    expect(created).toBeLessThan(Date.now() + 60_000);
    expect(user.account.createdAt).toBe('2044-02-29T12:00:00.000Z');
  });

  test('refuses a malformed header, and checks the session first', async ({ target }) => {
    const [user] = await target.people('user');
    for (const now of ['yesterday', '2044-02-30T00:00:00Z', '2044-02-29T12:00:00', '1709208000']) {
      const answer = await user.send('getMe', { now });
      expect(answer, now).toBeProblem(400, 'validation-failed');
      const places = new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`));
      expect(places, now).toEqual(new Set(['header /Conformance-Now']));
      expect(await target.nobody.send('getMe', { now })).toBeProblem(401, 'unauthenticated');
    }
  });

  test('is ignored, and said to be off, without the setting', { needs: ['launcher'] }, async ({ target }) => {
    await withServers(target, [{ CONFORMANCE_CLOCK: '0' }], async ({ there }) => {
      expect((await there.nobody.send('getMeta')).body.conformanceClock).toBe(false);
      const [user] = await there.people({ now: '2044-02-29T12:00:00Z' }, 'user');
      expect(Math.abs(Date.parse(user.account.createdAt) - Date.now())).toBeLessThan(60_000);
      expect((await user.send('getMe', { now: 'yesterday' })).status).toBe(200);
    });
  });
});
