import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { Person } from '../../src/actors.ts';
import { type Appointment, book, joinPeer, on } from '../../src/bookings.ts';
import { type Message, read, say, sayTogether, WRITERS } from '../../src/conversation.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { NoAnswer } from '../../src/driver/connection.ts';
import { openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { withMigrated, withServers } from '../../src/launched.ts';
import { listening, told } from '../../src/listening.ts';
import { rule, simultaneously, warmUp, within } from '../../src/rule.ts';
import { sendSignal, signalOf } from '../../src/signals.ts';
import { toldUntilNow } from '../../src/told.ts';

type Refused = [status: number, code: string, send: () => Promise<Answer>];

function messagesOf(events: StreamEvent[]): Message[] {
  return events.flatMap(({ event, data }) =>
    event === 'message.created' ? [(data as { message: Message }).message] : [],
  );
}

rule('events/with-the-write', ({ test, people }) => {
  const [doctor, user, stranger] = people('doctor', 'user', 'user');

  /** Sends what is refused and holds that neither of the two was told anything by it. */
  async function expectSilence(appointment: Appointment, refusals: Refused[]): Promise<void> {
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (ofUser, ofDoctor) => {
      for (const [status, code, send] of refusals) expect(await send(), code).toBeProblem(status, code);
      expect(await toldUntilNow(ofUser, user, appointment)).toEqual([]);
      expect((await toldUntilNow(ofDoctor, user, appointment)).map(({ event }) => event)).toEqual(['message.created']);
    });
  }

  test('tells all that was answered with a 2xx', async ({ target }) => {
    await warmUp(target, WRITERS);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      const body = (writer: number, index: number): string => `${writer} ${index}`;
      const sent = (await sayTogether([user, doctor], appointment, { each: 10, body })).flat();
      const { items } = await read(user, appointment);
      expect(items.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
      for (const stream of streams) {
        const events = await told(stream, 40);
        expect(events.map(({ data }) => data)).toEqual(items.map((message) => ({ at: message.sentAt, message })));
      }
    });
  });

  test('has stored the event when the response comes', async () => {
    const probe = await openEvents(doctor);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    let newest = Number((await told(probe, 1)).at(-1)?.id);
    probe.close();
    for (let times = 0; times < 6; times += 1) {
      const message = await say(user.on(times), appointment, `Message ${times}`);
      await listening([openEvents(doctor, { lastEventId: String(newest), replica: times + 1 })], async (stream) => {
        const [event] = await told(stream, 1);
        newest += 1;
        expect(event).toMatchObject({ id: String(newest), data: { at: message.sentAt, message } });
      });
    }
  });

  test('tells nothing of a refused request', async () => {
    const startsAt = fromNow({ days: 3 });
    const appointment = await book(user, doctor, { startsAt });
    const cancelled = await book(user, doctor, { startsAt: fromNow({ days: 4 }) });
    await user.send('cancelAppointment', { path: on(cancelled) });
    const [path, gone] = [on(appointment), on(cancelled)];
    const { clientId } = await say(user, appointment, 'Once');
    const booking = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
    const writing = { clientId: randomUUID(), body: 'x' };
    const connection = { connectionId: randomUUID() };
    await expectSilence(appointment, [
      [409, 'slot-taken', () => user.send('createAppointment', { body: booking })],
      [422, 'invalid-start', () => user.send('createAppointment', { body: { ...booking, startsAt: '2020-01-01T00:00:00Z' } })],
      [422, 'unknown-participant', () => user.send('createAppointment', { body: { ...booking, doctorId: stranger.id } })],
      [400, 'validation-failed', () => user.send('createAppointment', { body: { ...booking, durationMinutes: 7 } })],
      [412, 'stale-version', () => user.send('cancelAppointment', { path, headers: { 'if-match': '"none"' } })],
      [409, 'invalid-transition', () => doctor.send('cancelAppointment', { path: gone })],
      [404, 'not-found', () => stranger.send('cancelAppointment', { path })],
      [401, 'unauthenticated', () => user.send('cancelAppointment', { path, token: null })],
      [409, 'too-early', () => user.send('joinCall', { path })],
      [409, 'invalid-transition', () => doctor.send('endCall', { path })],
      [403, 'forbidden-role', () => user.send('endCall', { path })],
      [409, 'client-id-reused', () => user.send('sendMessage', { path, body: { clientId, body: 'Twice' } })],
      [409, 'appointment-cancelled', () => user.send('sendMessage', { path: gone, body: writing })],
      [404, 'not-found', () => stranger.send('sendMessage', { path, body: writing })],
      [400, 'validation-failed', () => user.send('sendMessage', { path, body: { ...writing, body: ' ' } })],
      [422, 'unknown-message', () => user.send('markMessagesRead', { path, body: { upTo: randomUUID() } })],
      [409, 'appointment-cancelled', () => doctor.send('showTyping', { path: gone })],
      [404, 'not-found', () => stranger.send('showTyping', { path })],
      [404, 'not-found', () => stranger.send('leaveCall', { path, body: connection })],
      [401, 'unauthenticated', () => user.send('logout', { token: 'unknown' })],
    ]); // prettier-ignore
  });

  test('tells nothing of a refused signal or presence', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const older = await joinPeer(user, appointment);
    const grant = await joinPeer(user, appointment);
    const signal = signalOf(grant);
    const beat = (connectionId: string) => user.send('keepPresence', { path: on(appointment), body: { connectionId } });
    await expectSilence(appointment, [
      [409, 'stale-epoch', () => sendSignal(user, appointment, { ...signal, epoch: 5 })],
      [409, 'superseded', () => sendSignal(user, appointment, signalOf(older))],
      [409, 'not-joined', () => sendSignal(doctor, appointment, signal)],
      [400, 'validation-failed', () => sendSignal(user, appointment, { ...signal, type: 'bye' })],
      [404, 'not-found', () => sendSignal(stranger, appointment, signal)],
      [409, 'superseded', () => beat(older.connectionId)],
      [409, 'not-joined', () => beat(randomUUID())],
    ]);
    expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
  });

  test('tells once of what one of many did', async ({ target }) => {
    await warmUp(target, 8);
    await listening([openEvents(doctor), openEvents(user, { replica: 1 })], async (...streams) => {
      const body = { doctorId: doctor.id, startsAt: fromNow({ days: 6 }), durationMinutes: 30 };
      const booked = await simultaneously(8, (replica) => user.send('createAppointment', { body, replica }));
      const made = booked.find(({ status }) => status === 201)?.body;
      if (!made) throw new Error('one of the bookings is made');
      const path = on(made);
      const message = { clientId: randomUUID(), body: 'Once' };
      await simultaneously(8, (replica) => user.send('sendMessage', { path, body: message, replica }));
      const upTo = (await read(user, made)).items[0]?.id;
      await simultaneously(8, (replica) => doctor.send('markMessagesRead', { path, body: { upTo }, replica }));
      await simultaneously(8, (index) =>
        (index % 2 === 0 ? user : doctor).send('cancelAppointment', { path, replica: index >> 1 }),
      );
      const other = await book(user, doctor, { startsAt: fromNow({ days: 7 }) });
      for (const stream of streams) {
        const events = (await told(stream, 5)).map(({ event }) => event);
        const once = ['appointment.created', 'message.created', 'message.read', 'appointment.cancelled'];
        expect(events.slice(0, 5)).toEqual([...once, 'appointment.created']);
        expect(stream.events[4]?.data).toEqual({ at: other.createdAt, appointment: other });
      }
    });
  });

  test('tells of the cancel or of the join, whichever won', { needs: ['clock'] }, async () => {
    const other = await book(user, doctor, { startsAt: fromNow({ days: 8 }) });
    for (let round = 0; round < 6; round += 1) {
      const startsAt = later(fromNow({ hours: 2 }), { minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      const path = on(appointment);
      const [ofUser, ofDoctor] = [user.at(startsAt), doctor.at(startsAt)];
      await listening([openEvents(user)], async (stream) => {
        const [cancel, first] = await Promise.all([
          ofDoctor.on(round).send('cancelAppointment', { path }),
          ofUser.on(round + 1).send('joinCall', { path }),
        ]);
        expect([cancel.status, first.status].sort()).toEqual([200, 409]);
        const events = (await toldUntilNow(stream, user, other)).map(({ event }) => event);
        const [isCancelled, started] = [cancel.status === 200, ['call.started', 'call.participant-joined']];
        const joined = first.body?.provider === 'twilio' ? ['call.started'] : started;
        expect(events).toEqual(isCancelled ? ['appointment.cancelled'] : joined);
      });
    }
  });

  test('loses nothing by a crash', { needs: ['launcher'] }, async ({ target }) => {
    await withMigrated(target, (databaseUrl) =>
      withServers(
        target,
        [{}],
        async ({ there, servers: [crashing] }) => {
          const [physician, patient] = await there.people('doctor', 'user');
          const appointment = await book(patient, physician, { startsAt: fromNow({ days: 1 }) });
          const answered: Message[] = [];
          const writing = simultaneously(80, async (index) => {
            const body = { clientId: randomUUID(), body: `Message ${index}` };
            try {
              const answer = await patient.send('sendMessage', { path: on(appointment), body });
              if (answer.status === 201) answered.push(answer.body);
            } catch (error) {
              if (!(error instanceof NoAnswer)) throw error;
            }
          });
          await within(10, 'some messages are answered', async () => (answered.length >= 8 ? true : undefined));
          crashing.kill('SIGKILL');
          await crashing.exited;
          await writing;

          await withServers(
            target,
            [{}],
            async ({ there: { suite } }) => {
              const again = (person: Person) => new Person(suite, person.account, person.password, person.token ?? '');
              await listening([openEvents(again(physician), { lastEventId: '1' })], async (stream) => {
                const messages = messagesOf(await toldUntilNow(stream, again(patient), appointment));
                const { items } = await read(again(physician), appointment);
                expect(messages).toEqual(items.slice(0, -1));
                for (const message of answered) expect(messages).toContainEqual(message);
              });
            },
            databaseUrl,
          );
        },
        databaseUrl,
      ),
    );
  });
});
