import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import { book, joinPeer, on, show } from '../../src/bookings.ts';
import { markRead, say } from '../../src/conversation.ts';
import { type EventStream, openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain, told } from '../../src/listening.ts';
import { measure, rule, within } from '../../src/rule.ts';
import { sendSignal, signalOf } from '../../src/signals.ts';

const STREAM_TYPE = /^text\/event-stream\s*(;\s*charset=utf-8\s*)?$/i;
const SILENCE_MS = 15_000;
/** What a comment may take from the server's timer to here on a busy machine. */
const ON_THE_WAY_MS = 700;

/** The longest that a stream was without a comment until now, in milliseconds. */
function longestSilence(stream: EventStream): number {
  const instants = [stream.openedAt, ...stream.comments.map(({ cameAt }) => cameAt), performance.now()];
  return Math.max(...instants.slice(1).map((instant, index) => instant - (instants[index] ?? 0)));
}

rule('events/format', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('sends a comment at least every 15 s', async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const opens = [openEvents(user), openEvents(user, { replica: 1 }), openEvents(doctor)];
    if (target.suite.meta.conformanceClock) {
      // Comments follow real time, whatever Conformance-Now says.
      const person = await user.logInAgain('2061-02-03T04:05:06Z');
      opens.push(openEvents(person));
    }
    await listening(opens, async (...streams) => {
      let lastSign = 0;
      await within(35, 'two comments on every stream', async () => {
        // One stream has something to tell all the time, which is no reason to leave comments out.
        if (performance.now() - lastSign > 1_500) {
          lastSign = performance.now();
          expect((await user.send('showTyping', { path: on(appointment) })).status).toBe(204);
        }
        for (const stream of streams) {
          expect(stream.endedAt).toBeUndefined();
          expect(longestSilence(stream)).toBeLessThan(SILENCE_MS + ON_THE_WAY_MS);
        }
        // What comes with the opening is no sign of a rhythm: two later ones are.
        const isSeen = ({ comments, openedAt }: EventStream): boolean =>
          comments.filter(({ cameAt }) => cameAt > openedAt + 1_000).length >= 2;
        return streams.every(isSeen) ? true : undefined;
      });
      const longest = Math.max(...streams.map(longestSilence));
      measure('longest time without a comment', longest, { bound: SILENCE_MS });
    });
  });

  test('is an event stream that no cache keeps, for HEAD too', async ({ target }) => {
    await listening([openEvents(user)], async (stream) => {
      expect(stream.headers['content-type']).toMatch(STREAM_TYPE);
      expect(stream.headers['cache-control']).toBe('no-cache, no-transform');
    });
    for (const accept of ['*/*', 'text/event-stream', 'application/json']) {
      const headers = { authorization: `Bearer ${user.token}`, accept };
      const head = await target.raw({ method: 'HEAD', path: '/v1/events', headers });
      expect(head.status, accept).toBe(200);
      expect(head.bytes).toHaveLength(0);
      expect(head.headers['content-type']).toMatch(STREAM_TYPE);
      expect(head.headers['cache-control']).toBe('no-cache, no-transform');
    }
    expect(await target.raw({ method: 'HEAD', path: '/v1/events' })).toMatchObject({ status: 401 });
    expect(await user.send('streamEvents', { query: { since: '1' } })).toBeProblem(400, 'validation-failed');
  });

  test('tells of bookings and messages with the data of the type', async () => {
    await listening([openEvents(user, { replica: 1 })], async (stream) => {
      const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }), reason: 'Ünïcode\n“🩹”' });
      const message = await say(doctor, appointment, 'line one\nline two\r\n\r\ndata: no field');
      await markRead(user, appointment, message);
      expect((await doctor.send('showTyping', { path: on(appointment) })).status).toBe(204);
      const cancellation = { path: on(appointment), body: { reason: 'I am well: \n\n' } };
      const cancelled = (await user.on(1).send('cancelAppointment', cancellation)).body;
      const inIt = { at: expect.any(String), appointmentId: appointment.id };
      const events = await told(stream, 5);
      expect(plain(events)).toEqual([
        { event: 'appointment.created', data: { at: appointment.createdAt, appointment } },
        { event: 'message.created', data: { at: message.sentAt, message } },
        { event: 'message.read', data: { ...inIt, accountId: user.id, upTo: message.id } },
        { event: 'message.typing', data: { ...inIt, accountId: doctor.id } },
        { event: 'appointment.cancelled', data: { at: cancelled.cancelledAt, appointment: cancelled } },
      ]);
      expect(await show(doctor, appointment)).toEqual(cancelled);
    });
  });

  test('tells of a call with the data of the type', { needs: ['peer'] }, async () => {
    const booked = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const path = on(booked);
    await listening([openEvents(user)], async (stream) => {
      const ofUser = await joinPeer(user.on(1), booked);
      const started = await show(user, booked);
      const ofDoctor = await joinPeer(doctor, booked);
      const joined = await show(user, booked);
      const signal = signalOf(ofDoctor, {
        type: 'offer',
        data: { sdp: 'v=0\r\no=- 1 1\r\n', more: [1, null, { a: 0.5 }] },
      });
      expect((await sendSignal(doctor, booked, { ...signal, clientId: signal.clientId.toUpperCase() })).status).toBe(
        202,
      );
      const newest = await joinPeer(user, booked);
      expect((await user.send('leaveCall', { path, body: { connectionId: newest.connectionId } })).status).toBe(204);
      const left = await show(user, booked);
      const ended = (await doctor.send('endCall', { path })).body;
      const startedAt = started.call.startedAt;
      const [doctorThen, userThen] = left.call.participants;
      expect(plain(await told(stream, 7))).toEqual([
        { event: 'call.started', data: { at: startedAt, appointment: started } },
        { event: 'call.participant-joined', data: { at: startedAt, accountId: user.id, appointment: started } },
        {
          event: 'call.participant-joined',
          data: { at: doctorThen?.joinedAt, accountId: doctor.id, appointment: joined },
        },
        {
          event: 'call.signal',
          data: { at: expect.any(String), appointmentId: booked.id, senderId: doctor.id, ...signal },
        },
        {
          event: 'call.superseded',
          data: { at: expect.any(String), appointmentId: booked.id, connectionId: ofUser.connectionId },
        },
        { event: 'call.participant-left', data: { at: userThen?.leftAt, accountId: user.id, appointment: left } },
        { event: 'call.ended', data: { at: ended.call.endedAt, appointment: ended } },
      ]);
    });
  });

  test('tells of a revoked session and of a reset with their data', async ({ target }) => {
    const body = { email: user.email, password: user.password };
    const login = await target.nobody.send('login', { body });
    await listening([openEvents(user, { lastEventId: randomUUID() })], async (stream) => {
      expect((await target.nobody.send('logout', { token: login.body.token, replica: 1 })).status).toBe(204);
      const events = await told(stream, 2);
      expect(plain(events)).toEqual([
        { event: 'stream.reset', data: { at: expect.any(String) } },
        { event: 'session.revoked', data: { at: expect.any(String), sessionIds: [login.body.id] } },
      ]);
      const [opened, revoked] = events.map(({ data }) => Date.parse((data as { at: string }).at));
      expect(Math.abs((opened ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(revoked).toBeGreaterThanOrEqual(opened ?? Infinity);
    });
  });

  test('bears the instant of the change', { needs: ['clock'] }, async () => {
    const t0 = later(fromNow({ hours: 1 }), { ms: 12 });
    const at = (minutes: number) => later(t0, { minutes });
    const leaving = await user.logInAgain();
    const reset = { lastEventId: 'none', now: at(9) };
    await listening([openEvents(user, reset), openEvents(user, { replica: 1 })], async (first, stream) => {
      const booked = await book(user.at(at(0)), doctor, { startsAt: later(t0, { days: 3 }) });
      const message = await say(doctor.at(at(1)), booked);
      await markRead(user.at(at(2)), booked, message);
      expect((await doctor.send('showTyping', { path: on(booked), now: at(3) })).status).toBe(204);
      expect((await user.send('cancelAppointment', { path: on(booked), now: at(4) })).status).toBe(200);
      expect((await leaving.send('logout', { now: at(5) })).status).toBe(204);
      const instants = (events: StreamEvent[]) =>
        events.map(({ event, data }) => `${event} ${(data as { at: string }).at}`);
      const expected = [
        `appointment.created ${at(0)}`,
        `message.created ${at(1)}`,
        `message.read ${at(2)}`,
        `message.typing ${at(3)}`,
        `appointment.cancelled ${at(4)}`,
        `session.revoked ${at(5)}`,
      ];
      expect(instants(await told(stream, 6))).toEqual(expected);
      expect(instants(await told(first, 7))).toEqual([`stream.reset ${at(9)}`, ...expected]);
    });
  });
});
