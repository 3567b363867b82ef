import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, joinPeer, on, type PeerGrant, show } from '../../src/bookings.ts';
import { markRead, say } from '../../src/conversation.ts';
import { openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain, told } from '../../src/listening.ts';
import { rule } from '../../src/rule.ts';
import { sendSignal, signalOf } from '../../src/signals.ts';
import { toldUntilNow } from '../../src/told.ts';
import { hearsOfCallbacks } from './audience.under-twilio.ts';

/** What is done, what the doctor is told of it, and what the user is. */
type Row = [what: string, act: () => Promise<unknown>, doctor: string[], user: string[]];

rule('events/audience', ({ test, people }) => {
  const [doctor, user, stranger, colleague] = people('doctor', 'user', 'user', 'doctor');

  let days = 30;
  const nextDay = (): string => fromNow({ days: (days += 1) });

  /** An event in words: its type and, where its data names one, who it is about. */
  function inWords({ event, data }: StreamEvent): string {
    const { accountId } = data as { accountId?: string };
    if (accountId === undefined) return event;
    return `${event} ${accountId === doctor.id ? 'doctor' : accountId === user.id ? 'user' : 'somebody'}`;
  }

  /** Does one row after the other, and holds what each of the two and two strangers are told, on each replica. */
  async function expectTold(rows: Row[]): Promise<void> {
    const opens = [
      openEvents(doctor),
      openEvents(doctor, { replica: 1 }),
      openEvents(user),
      openEvents(user, { replica: 1 }),
      openEvents(stranger),
      openEvents(colleague),
    ] as const;
    await listening(opens, async (...streams) => {
      for (const [, act] of rows) await act();
      // The strangers' own booking is the very first that they are told of, and nobody else is.
      await book(stranger, colleague, { startsAt: nextDay() });
      for (const stream of streams.slice(4))
        expect((await told(stream, 1)).map(({ event }) => event)).toEqual(['appointment.created']);
      const last = await book(user, doctor, { startsAt: nextDay() });
      for (const [index, stream] of streams.slice(0, 4).entries()) {
        const expected = rows.flatMap(([, , ofDoctor, ofUser]) => (index < 2 ? ofDoctor : ofUser));
        const events = await told(stream, expected.length + 1);
        expect(events.map(inWords)).toEqual([...expected, 'appointment.created']);
        expect(events.at(-1)?.data).toEqual({ at: last.createdAt, appointment: last });
      }
      for (const stream of streams.slice(4)) expect(stream.events).toHaveLength(1);
    });
  }

  function both(...words: string[]): [string[], string[]] {
    return [words, words];
  }

  function leave(person: Person, appointment: Appointment, { connectionId }: PeerGrant): Promise<void> {
    return person
      .send('leaveCall', { path: on(appointment), body: { connectionId } })
      .then(({ status }) => expect(status).toBe(204));
  }

  test('is the two participants for bookings and messages', async () => {
    const startsAt = fromNow({ days: 1 });
    const clientId = randomUUID();
    const key = { 'idempotency-key': randomUUID() };
    const booking = { doctorId: doctor.id, startsAt, durationMinutes: 5 };
    const made = (await user.send('createAppointment', { body: booking, headers: key })).body;
    const path = on(made);
    const message = await say(user, made, 'Once', clientId);
    const reply = await say(doctor, made);
    const type = (person: Person) => () => person.send('showTyping', { path });
    const rows: Row[] = [
      ['the user books', () => book(user, doctor, { startsAt: fromNow({ days: 2 }) }), ...both('appointment.created')],
      ['the doctor does', () => book(doctor, user, { startsAt: fromNow({ days: 3 }) }), ...both('appointment.created')],
      ['a booking replayed', () => user.send('createAppointment', { body: booking, headers: key }), [], []],
      ['the user writes', () => say(user.on(1), made), ...both('message.created')],
      ['the doctor writes', () => say(doctor, made), ...both('message.created')],
      ['repeated', () => user.send('sendMessage', { path, body: { clientId, body: 'Once' } }), [], []],
      ['the doctor reads', () => markRead(doctor, made, message), ...both('message.read doctor')],
      ['the user reads', () => markRead(user.on(1), made, reply), ...both('message.read user')],
      ['again', () => markRead(user, made, reply), [], []],
      ['an older one', () => markRead(user, made, message), [], []],
      ['the user types', type(user), ['message.typing user'], []],
      ['the doctor types', type(doctor.on(1)), [], ['message.typing doctor']],
      ['only looked at', () => Promise.all([show(user, made), user.send('listMessages', { path })]), [], []],
      ['the profile', () => user.send('updateMe', { body: { timeZone: 'Europe/Vienna' } }), [], []],
      ['cancelled', () => doctor.send('cancelAppointment', { path }), ...both('appointment.cancelled')],
      ['again', () => user.send('cancelAppointment', { path }), [], []],
    ];
    await expectTold(rows);
  });

  test('is the two participants for a call', { needs: ['peer'] }, async () => {
    const made = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const path = on(made);
    const grants: Partial<Record<'doctor' | 'user', PeerGrant>> = {};
    const join = (person: Person) => async () => {
      grants[person.account.role] = await joinPeer(person, made);
    };
    const current = (person: Person): PeerGrant => {
      const grant = grants[person.account.role];
      if (!grant) throw new Error('a join comes before');
      return grant;
    };
    const beat = () => user.send('keepPresence', { path, body: { connectionId: current(user).connectionId } });
    const signal = (person: Person) => async () => {
      const sent = { ...signalOf(current(person)), epoch: current(doctor).epoch };
      for (let times = 0; times < 2; times += 1) expect((await sendSignal(person, made, sent)).status).toBe(202);
    };
    const joined = ['call.started', 'call.participant-joined user'];
    const rows: Row[] = [
      ['the first join', join(user), joined, joined],
      ['the doctor joins', join(doctor.on(1)), ...both('call.participant-joined doctor')],
      ['a heartbeat', beat, [], []],
      ['the doctor signals, twice the same', signal(doctor), [], ['call.signal']],
      ['the user signals', signal(user), ['call.signal'], []],
      ['the user takes over', join(user.on(1)), [], ['call.superseded']],
      ['the doctor takes over', join(doctor), ['call.superseded'], []],
      ['the user leaves', () => leave(user, made, current(user)), ...both('call.participant-left user')],
      ['again', () => leave(user, made, current(user)), [], []],
      ['the user is back', join(user), ...both('call.participant-joined user')],
      ['the user would end it', () => user.send('endCall', { path }), [], []],
      ['the doctor ends it', () => doctor.send('endCall', { path }), ...both('call.ended')],
      ['again', () => doctor.send('endCall', { path }), [], []],
      ['too late to leave', () => leave(user, made, current(user)), [], []],
    ];
    await expectTold(rows);
  });

  test('is the account alone for its sessions', async () => {
    const [one, two] = [await user.logInAgain(), await doctor.logInAgain()];
    await expectTold([
      ['the user logs out', () => one.send('logout'), [], ['session.revoked']],
      ['again', () => one.send('logout'), [], []],
      ['the doctor logs out', () => two.on(1).send('logout'), ['session.revoked'], []],
      ['a login', () => user.logInAgain(), [], []],
      ['another stream is reset', () => openEvents(user, { lastEventId: 'x' }).then((it) => it.close()), [], []],
    ]);
  });

  test('hears of a lapse with the next write on the call', { needs: ['clock', 'peer'] }, async () => {
    const t0 = later(fromNow({ hours: 1 }), { ms: 8 });
    const at = (seconds: number) => later(t0, { seconds });
    const first = await book(user, doctor, { startsAt: t0, durationMinutes: 15 });
    const second = await book(user, doctor, { startsAt: later(t0, { hours: 1 }), durationMinutes: 15 });
    const ofUser = await joinPeer(user.at(t0), first);
    await listening([openEvents(doctor), openEvents(user, { replica: 1 })], async (...streams) => {
      const path = on(first);
      // Time alone makes no event, however often it is looked at, and a message is no write on the call.
      for (const seconds of [20, 60]) await show(doctor.at(at(seconds)), first);
      await say(doctor.at(at(61)), first);
      const lapsed = await show(user.at(at(70)), first);
      await joinPeer(doctor.at(at(70)), first);
      const joined = await show(user.at(at(70)), first);
      const body = { connectionId: ofUser.connectionId };
      expect((await user.at(at(80)).send('keepPresence', { path, body })).status).toBe(204);
      const back = await show(user.at(at(80)), first);
      expect((await user.at(at(130)).send('leaveCall', { path, body })).status).toBe(204);
      const empty = await show(user.at(at(130)), first);
      await joinPeer(doctor.at(at(135)), first);
      const alone = await show(user.at(at(135)), first);
      const again = await show(user.at(at(160)), first);
      const ended = (await doctor.at(at(160)).send('endCall', { path })).body;
      const event = (what: string, person: Person, seconds: number, appointment: Appointment) => ({
        event: `call.participant-${what}`,
        data: { at: at(seconds), accountId: person.id, appointment },
      });
      for (const stream of streams) {
        const [written, ...events] = await toldUntilNow(stream, user.at(at(161)), second);
        expect(written?.event).toBe('message.created');
        // The lapses of both that the leave meets come in either order.
        const lapses = events.slice(3, 5).toSorted((one, other) => (inWords(one) < inWords(other) ? -1 : 1));
        expect(plain([...events.slice(0, 3), ...lapses, ...events.slice(5, 8)])).toEqual([
          event('left', user, 0, lapsed),
          event('joined', doctor, 70, joined),
          event('joined', user, 80, back),
          event('left', doctor, 70, empty),
          event('left', user, 80, empty),
          event('joined', doctor, 135, alone),
          event('left', doctor, 135, again),
          { event: 'call.ended', data: { at: at(160), appointment: ended } },
        ]);
        expect(events.slice(8).map(inWords)).toEqual(stream === streams[0] ? [] : ['message.created']);
      }
    });
  });

  test('hears of a new room, and of the lapse before it', { needs: ['clock', 'peer'] }, async () => {
    const t0 = later(fromNow({ hours: 4 }), { ms: 9 });
    const booked = await book(user, doctor, { startsAt: t0, durationMinutes: 30 });
    const discarded = later(t0, { minutes: 5 });
    await joinPeer(user.at(t0), booked);
    await listening([openEvents(doctor, { replica: 1 }), openEvents(user)], async (...streams) => {
      const lapsed = await show(user.at(discarded), booked);
      expect(lapsed.call.state).toBe('none');
      const grant = await joinPeer(doctor.at(discarded), booked);
      const appointment = await show(user.at(discarded), booked);
      expect(appointment.call.roomName).toBe(grant.roomName);
      const joined = await joinPeer(user.at(discarded), booked);
      await leave(user.at(discarded), booked, joined);
      await leave(doctor.at(discarded), booked, grant);
      const again = later(discarded, { minutes: 5 });
      await joinPeer(user.at(again), booked);
      const renewed = await show(user.at(again), booked);
      // Then time ends the call, which is told to nobody.
      const over = later(booked.endsAt, { minutes: 15 });
      expect((await show(doctor.at(over), booked)).status).toBe('completed');
      const refused = await user.at(over).send('joinCall', { path: on(booked) });
      expect(refused).toBeProblem(409, 'call-over');
      for (const stream of streams) {
        const events = await toldUntilNow(stream, doctor.at(over), booked);
        expect(plain(events.slice(0, 3))).toEqual([
          { event: 'call.participant-left', data: { at: t0, accountId: user.id, appointment: lapsed } },
          { event: 'appointment.updated', data: { at: discarded, appointment } },
          { event: 'call.participant-joined', data: { at: discarded, accountId: doctor.id, appointment } },
        ]);
        expect(events.slice(3, 6).map(inWords)).toEqual(['call.participant-joined user', 'call.participant-left user', 'call.participant-left doctor']); // prettier-ignore
        expect(plain(events.slice(6, 8))).toEqual([
          { event: 'appointment.updated', data: { at: again, appointment: renewed } },
          { event: 'call.participant-joined', data: { at: again, accountId: user.id, appointment: renewed } },
        ]);
        expect(events.slice(8).map(inWords)).toEqual(stream === streams[0] ? [] : ['message.created']);
      }
    });
  });

  test('hears nothing of what is missed', { needs: ['clock'] }, async () => {
    const booked = await book(user, doctor, { startsAt: fromNow({ hours: 6 }), durationMinutes: 5 });
    await listening([openEvents(user)], async (stream) => {
      for (const now of [booked.startsAt, booked.endsAt, later(booked.endsAt, { hours: 1 })]) {
        await show(user.at(now), booked);
        const headers = { 'if-match': '"none"' };
        const refused = await user.at(now).send('cancelAppointment', { path: on(booked), headers });
        expect(refused).toBeProblem(412, 'stale-version');
      }
      expect(await toldUntilNow(stream, doctor, booked)).toEqual([]);
    });
  });

  hearsOfCallbacks(test, doctor, user);
});
