import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

rule('http/no-store', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('keeps answers to authenticated requests out of caches', async () => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    const path = { appointmentId: booked.body.id };
    const answers = [
      booked,
      await user.send('getMe'),
      await user.send('updateMe', { body: { timeZone: 'Europe/Zurich' } }),
      await user.send('listDoctors', { query: { q: doctor.displayName } }),
      await user.send('getDoctor', { path: { doctorId: doctor.id } }),
      await user.send('listAppointments'),
      await user.send('getAppointment', { path }),
      await user.send('getAppointment', { path, headers: { 'if-none-match': '*' } }),
      await user.send('getAppointmentCalendar', { path }),
      await user.send('cancelAppointment', { path }),
      await (await user.logInAgain()).send('logout'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200, 200, 304, 200, 200, 204]);
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(answers.map(() => 'no-store'));
  });

  test('keeps every login and every 401 out of caches', async ({ target }) => {
    const login = await target.nobody.send('login', { body: { email: user.email, password: user.password } });
    const refused = await target.nobody.send('login', { body: { email: user.email, password: 'another password' } });
    const missing = await target.nobody.send('getMe');
    expect([login.status, refused.status, missing.status]).toEqual([201, 401, 401]);
    for (const answer of [login, refused, missing]) expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('keeps refusals of authenticated requests out of caches', async () => {
    const invalid = await user.send('updateMe', { body: { displayName: 5 } });
    const unknown = await user.send('getDoctor', { path: { doctorId: user.id } });
    expect([invalid.status, unknown.status]).toEqual([400, 404]);
    for (const answer of [invalid, unknown]) expect(answer.headers['cache-control']).toBe('no-store');
  });
});
