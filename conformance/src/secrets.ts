import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type Person, uniqueName } from './actors.ts';
import { book, joinPeer, on } from './bookings.ts';
import { openEvents } from './driver/event-stream.ts';
import { fromNow } from './instants.ts';
import { type TestTarget, within } from './rule.ts';

/** What must be in no log, each by a name that says where it was sent or received. */
export type Secrets = Map<string, string>;

/** A text that nothing else has, kept under its name. */
function secret(secrets: Secrets, name: string): string {
  const text = `secret${uniqueName()}`;
  secrets.set(name, text);
  return text;
}

/** Two people use a server in every way that has to do with something secret. @returns all of that */
export async function liveSecretly(there: TestTarget): Promise<Secrets> {
  const secrets: Secrets = new Map();
  const [doctor, user] = await there.people('doctor', 'user');
  const again = await user.logInAgain();
  await again.send('logout');
  for (const [index, person] of [doctor, user, again].entries()) {
    secrets.set(`the token of login ${index + 1}`, person.token ?? '');
    secrets.set(`the password of login ${index + 1}`, person.password);
  }
  if (there.inviteCode !== '') secrets.set('the invite code', there.inviteCode);
  await meet(secrets, doctor, user);
  await goWrong(there, secrets, user);
  return secrets;
}

/** Books, joins, signals, writes and cancels; every one of it succeeds. */
async function meet(secrets: Secrets, doctor: Person, user: Person): Promise<void> {
  const reason = secret(secrets, 'the reason of a booking');
  const headers = { 'idempotency-key': randomUUID() };
  const booking = { doctorId: doctor.id, startsAt: fromNow({ minutes: 2 }), durationMinutes: 5, reason };
  const booked = await user.send('createAppointment', { body: booking, headers });
  expect(booked.status, `createAppointment: ${booked.text}`).toBe(201);
  const path = on(booked.body);
  await user.send('createAppointment', { body: booking, headers }); // The repeat reads the stored answer.
  await doctor.send('listAppointments');
  await doctor.send('getAppointment', { path });
  await doctor.send('getAppointmentCalendar', { path });

  for (const person of [user, doctor]) {
    const grant = await joinPeer(person, booked.body);
    grant.iceServers.forEach(({ credential }, index) => {
      if (credential) secrets.set(`TURN credential ${index + 1} of the ${person.account.role}`, credential);
    });
    if (person === user) continue;
    const data = { sdp: secret(secrets, 'the data of a signal') };
    const { connectionId, epoch } = grant;
    const signal = { clientId: randomUUID(), connectionId, epoch, type: 'offer', data };
    expect.soft((await doctor.send('sendSignal', { path, body: signal })).status, 'sendSignal').toBe(202);
  }
  const message = { clientId: randomUUID(), body: secret(secrets, 'the text of a message') };
  expect.soft((await user.send('sendMessage', { path, body: message })).status, 'sendMessage').toBe(201);
  await doctor.send('listMessages', { path });

  const other = await book(doctor, user, { startsAt: fromNow({ days: 1 }) });
  const cancellation = { reason: secret(secrets, 'the reason of a cancellation') };
  expect((await user.send('cancelAppointment', { path: on(other), body: cancellation })).status).toBe(200);
  await readEvents(user);
}

/** Reads all that was told on the stream, reasons, signals and messages among it. */
async function readEvents(user: Person): Promise<void> {
  const stream = await openEvents(user, { lastEventId: '0' });
  await within(5, 'the event of the cancellation', async () =>
    stream.events.find(({ event }) => event === 'appointment.cancelled'),
  );
  stream.close();
}

/** Sends what is refused, with secrets in all sorts of places. */
async function goWrong(there: TestTarget, secrets: Secrets, user: Person): Promise<void> {
  const { nobody } = there;
  const { email } = user;
  const account = { email: `${uniqueName()}@duet.invalid`, displayName: 'Duet refused', role: 'doctor' };
  const path = { appointmentId: randomUUID() };
  await nobody.send('login', { body: { email, password: secret(secrets, 'a wrong password') } });
  await nobody.send('login', { body: { email: 1, password: [secret(secrets, 'a password in a list')] } });
  const password = secret(secrets, 'the password of a refused account');
  const inviteCode = secret(secrets, 'a wrong invite code');
  await nobody.send('createAccount', { body: { ...account, password, inviteCode } });
  const nested = { value: secret(secrets, 'a password in an object') };
  await nobody.send('createAccount', { body: { ...account, password: nested, inviteCode } });
  const broken = `{"email": "${email}", "password": ${secret(secrets, 'a password in malformed JSON')}}`;
  await nobody.send('login', { rawBody: broken });
  const form = `password=${secret(secrets, 'a password in a form')}`;
  await nobody.send('login', { rawBody: form, contentType: 'application/x-www-form-urlencoded' });
  const json = JSON.stringify({ password: secret(secrets, 'a password sent to an unknown path') });
  await there.raw({ method: 'POST', path: '/v1/nowhere', headers: { 'content-type': 'application/json' }, body: json });
  const query = {
    password: secret(secrets, 'a password in the query'),
    token: secret(secrets, 'a token in the query'),
  };
  await user.send('listDoctors', { query });
  await nobody.send('getMe', { token: secret(secrets, 'an unknown token') });
  await nobody.send('getMe', { headers: { authorization: `Basic ${secret(secrets, 'other credentials')}` } });
  await user.send('cancelAppointment', { path, body: { reason: [secret(secrets, 'a reason in a list')] } });
  await user.send('sendMessage', { path, body: { clientId: '', body: secret(secrets, 'a refused message') } });
  const data = secret(secrets, 'the data of a refused signal');
  await user.send('sendSignal', { path, body: { clientId: '', connectionId: '', epoch: 0, type: 'offer', data } });
}
