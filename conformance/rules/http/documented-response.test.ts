import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const ACCOUNT = ['createdAt', 'displayName', 'email', 'id', 'role', 'specialty', 'timeZone'];
const PROFILE = ['displayName', 'id', 'role', 'specialty'];
const APPOINTMENT = [
  'call', 'cancelReason', 'cancelledAt', 'cancelledBy', 'createdAt', 'doctor', 'durationMinutes', 'endsAt', 'id', 'reason', 'startsAt', 'status', 'user',
]; // prettier-ignore

function members(value: object): string[] {
  return Object.keys(value).sort();
}

/** Every answer of the whole run is judged against its schema; these tests see that each success has all its members. */
rule('http/documented-response', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('describes the server with exactly the documented members', async ({ target }) => {
    const meta = await target.nobody.send('getMeta');
    expect(meta.status).toBe(200);
    expect(meta.headers['content-type']).toMatch(/^application\/json(; ?charset=utf-8)?$/i);
    expect(members(meta.body)).toEqual([
      'conformanceClock',
      'contractVersion',
      'framework',
      'orm',
      'runtime',
      'service',
      'videoProvider',
    ]);
  });

  test('shows an account with exactly the documented members', async () => {
    expect(members(user.account)).toEqual(ACCOUNT);
    expect(user.account).toMatchObject({ role: 'user', specialty: null, timeZone: 'UTC' });
    const me = await user.send('getMe');
    expect(me.status).toBe(200);
    expect(me.body).toEqual(user.account);
  });

  test('shows a session with exactly the documented members', async ({ target }) => {
    const login = await target.nobody.send('login', { body: { email: user.email, password: user.password } });
    expect(login.status).toBe(201);
    expect(members(login.body)).toEqual(['account', 'expiresAt', 'id', 'token']);
    expect(login.body.account).toEqual(user.account);
  });

  test('shows other people with their public profile only', async () => {
    const profile = await user.send('getDoctor', { path: { doctorId: doctor.id } });
    expect(profile.status).toBe(200);
    expect(members(profile.body)).toEqual(PROFILE);
    const page = await user.send('listDoctors', { query: { q: doctor.displayName } });
    expect(members(page.body)).toEqual(['items', 'nextCursor']);
    expect(page.body.items).toEqual([profile.body]);
  });

  test('shows an appointment with exactly the documented members', async () => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    expect(booked.status).toBe(201);
    expect(members(booked.body)).toEqual(APPOINTMENT);
    expect(members(booked.body.call)).toEqual(['endedAt', 'participants', 'roomName', 'startedAt', 'state']);
    expect(booked.body).toMatchObject({ reason: null, cancelledAt: null, cancelledBy: null, cancelReason: null });
    expect(booked.body.call).toEqual({
      state: 'none',
      roomName: null,
      participants: [],
      startedAt: null,
      endedAt: null,
    });
    expect(members(booked.body.doctor)).toEqual(PROFILE);
    expect(members(booked.body.user)).toEqual(PROFILE);
    const read = await doctor.send('getAppointment', { path: { appointmentId: booked.body.id } });
    expect(read.body).toEqual(booked.body);
  });

  test('answers a calendar as text/calendar and a logout without a body', async () => {
    const startsAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 30 },
    });
    const calendar = await user.send('getAppointmentCalendar', { path: { appointmentId: booked.body.id } });
    expect(calendar.status).toBe(200);
    expect(calendar.headers['content-type']).toMatch(/^text\/calendar(;|$)/);
    const second = await user.logInAgain();
    const logout = await second.send('logout');
    expect(logout.status).toBe(204);
    expect(logout.bytes.length).toBe(0);
  });
});
