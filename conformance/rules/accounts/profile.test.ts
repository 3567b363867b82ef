import { expect } from 'vitest';
import { uniqueName } from '../../src/actors.ts';
import { book, show } from '../../src/bookings.ts';
import { fromNow } from '../../src/instants.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule, simultaneously } from '../../src/rule.ts';

const TIME_ZONES = ['Europe/Zurich', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC'];
const NO_TIME_ZONES: unknown[] = ['europe/zurich', 'EUROPE/ZURICH', 'utc', 'Europe/Nowhere', 'Etc/UTC', '+01:00', ' UTC', '', 0, null]; // prettier-ignore
const NO_NAMES: unknown[] = ['', ' ', '\t\n', '\u00a0', '\u3000', 'x'.repeat(101), '😀'.repeat(101), 5, null, ['Ada']];

rule('accounts/profile', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('begins with UTC and without a specialty', async () => {
    for (const [person, role] of [
      [doctor, 'doctor'],
      [user, 'user'],
    ] as const) {
      const { id, email, displayName, createdAt } = person.account;
      const account = { id, email, role, displayName, specialty: null, timeZone: 'UTC', createdAt };
      expect(person.account).toEqual(account);
      expect((await person.send('getMe')).body).toEqual(account);
    }
  });

  test('changes what is named and nothing else', async () => {
    let account = (await doctor.send('getMe')).body;
    const token = uniqueName();
    const changes = [
      { displayName: `Duet ${token}` },
      { specialty: `Hearts ${token}` },
      { timeZone: 'Europe/Vienna' },
      {},
      { displayName: `Duet again ${token}`, specialty: 'x', timeZone: 'Asia/Tokyo' },
    ];
    for (const [index, body] of changes.entries()) {
      account = { ...account, ...body } as typeof account;
      const answer = await doctor.send('updateMe', { body, replica: index });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(account);
      expect((await doctor.send('getMe', { replica: index + 1 })).body).toEqual(account);
    }
  });

  test('shows the new values wherever the person is shown', async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 9 }) });
    const token = uniqueName();
    const before = (await doctor.send('getMe')).body;
    const doctorNow = { displayName: `Duet ${token}`, specialty: `Lungs ${token}` };
    const userNow = { displayName: `Duet patient ${token}` };
    expect((await doctor.send('updateMe', { body: doctorNow })).status).toBe(200);
    expect((await user.send('updateMe', { body: userNow })).status).toBe(200);
    const doctorProfile = { id: doctor.id, role: 'doctor', ...doctorNow };
    const userProfile = { id: user.id, role: 'user', ...userNow, specialty: null };
    expect((await user.send('getDoctor', { path: { doctorId: doctor.id }, replica: 1 })).body).toEqual(doctorProfile);
    for (const q of [doctorNow.displayName, doctorNow.specialty])
      expect((await user.send('listDoctors', { query: { q }, replica: 1 })).body.items).toEqual([doctorProfile]);
    const byOldName = await user.send('listDoctors', { query: { q: before.displayName } });
    expect(byOldName.body.items).toEqual([]);
    for (const person of [user, doctor]) {
      expect(await show(person, appointment)).toMatchObject({ doctor: doctorProfile, user: userProfile });
      const listed = (await person.send('listAppointments')).body.items.find(({ id }) => id === appointment.id);
      expect(listed).toMatchObject({ doctor: doctorProfile, user: userProfile });
    }
    const login = await target.nobody.send('login', { body: { email: doctor.email, password: doctor.password } });
    expect(login.body.account).toEqual({ ...before, ...doctorNow });
  });

  test('shows others no more than the public profile', async () => {
    const profile = (await user.send('getDoctor', { path: { doctorId: doctor.id } })).body;
    expect(Object.keys(profile).sort()).toEqual(['displayName', 'id', 'role', 'specialty']);
    const appointment = await book(doctor, user, { startsAt: fromNow({ days: 10 }) });
    for (const person of [appointment.doctor, appointment.user])
      expect(Object.keys(person).sort()).toEqual(['displayName', 'id', 'role', 'specialty']);
    expect(JSON.stringify(appointment)).not.toContain('@duet.invalid');
  });

  test('loses none of the changes made at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const token = uniqueName();
      const change = { displayName: `Duet ${token}`, specialty: `Eyes ${token}`, timeZone: TIME_ZONES[round] ?? 'UTC' };
      const bodies = Object.entries(change).map(([name, value]) => ({ [name]: value }));
      const answers = await simultaneously(3, (index) =>
        doctor.send('updateMe', { body: bodies[index], replica: index + round }),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect((await doctor.send('getMe')).body).toMatchObject(change);
    }
  });

  for (const name of ['displayName', 'specialty']) {
    test(`takes a ${name} of 1 to 100 code points, not all white space`, async () => {
      for (const value of ['x', '😀'.repeat(100), ' x ', '\u200b']) {
        const answer = await doctor.send('updateMe', { body: { [name]: value } });
        expect(answer.status, value).toBe(200);
        expect(answer.body).toMatchObject({ [name]: value });
      }
      const before = (await doctor.send('getMe')).body;
      for (const value of NO_NAMES) {
        const answer = await doctor.send('updateMe', { body: { timeZone: 'Asia/Tokyo', [name]: value } });
        expect(answer, JSON.stringify(value)).toBeProblem(400, 'validation-failed');
        expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))).toEqual(
          new Set([`body /${name}`]),
        );
      }
      expect((await doctor.send('getMe')).body).toEqual(before);
    });
  }

  test('holds a new account to the same names', async ({ target }) => {
    const asked = {
      email: `profile-${uniqueName()}@duet.invalid`,
      password: 'long enough for anybody',
      role: 'doctor',
    };
    const inviteCode = target.inviteCode;
    for (const value of NO_NAMES) {
      const body = { ...asked, inviteCode, displayName: value, specialty: value };
      const answer = await target.nobody.send('createAccount', { body });
      expect(answer, JSON.stringify(value)).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map(({ pointer }) => pointer))).toEqual(
        new Set(['/displayName', '/specialty']),
      );
    }
    const names = { displayName: '😀'.repeat(100), specialty: `${'x'.repeat(99)} ` };
    const created = await target.nobody.send('createAccount', { body: { ...asked, inviteCode, ...names } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...names, timeZone: 'UTC' });
  });

  test('takes the time zones of the list, case included', async () => {
    for (const timeZone of TIME_ZONES) {
      const answer = await user.send('updateMe', { body: { timeZone } });
      expect(answer.status, timeZone).toBe(200);
      expect(answer.body.timeZone).toBe(timeZone);
    }
    for (const timeZone of NO_TIME_ZONES) {
      const answer = await user.send('updateMe', { body: { timeZone } });
      expect(answer, JSON.stringify(timeZone)).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))).toEqual(
        new Set(['body /timeZone']),
      );
    }
    expect((await user.send('getMe')).body.timeZone).toBe('UTC');
  });

  test('leaves alone what cannot be changed', async () => {
    const before = (await user.send('getMe')).body;
    const fixed = {
      id: doctor.id,
      email: 'x@duet.invalid',
      role: 'doctor',
      createdAt: before.createdAt,
      password: 'x',
    };
    for (const [name, value] of Object.entries(fixed)) {
      const answer = await user.send('updateMe', { body: { displayName: 'Duet changed', [name]: value } });
      expect(answer, name).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        expect.objectContaining({ in: 'body', pointer: `/${name}`, rule: 'unknown' }),
      ]);
    }
    expect((await user.send('getMe')).body).toEqual(before);
  });

  keepsBothSides(test, 'accounts/profile', { doctor, user });
});
