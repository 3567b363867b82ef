import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, joinPeer, on, type PeerGrant } from '../../src/bookings.ts';
import { openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, told } from '../../src/listening.ts';
import { rule, simultaneously, warmUp } from '../../src/rule.ts';
import { sendSignal, type Signal, signalOf } from '../../src/signals.ts';
import { toldUntilNow } from '../../src/told.ts';

const TYPES = ['offer', 'answer', 'candidate', 'restart', 'media'];
const LIMIT = 32_768;

/** An object whose compact JSON text has so many bytes of UTF-8: two for each letter and one or two at its end. */
function dataOf(bytes: number): { text: string } {
  const free = bytes - '{"text":""}'.length;
  return { text: 'é'.repeat(free >> 1) + 'x'.repeat(free & 1) };
}

/** An object so many levels deep, arrays and objects in turns, itself included. */
function nested(levels: number): Record<string, unknown> {
  let value: unknown = {};
  for (let level = 1; level < levels; level += 1) value = (levels - level) % 2 === 0 ? [value] : { in: value };
  return value as Record<string, unknown>;
}

function signalsOf(events: StreamEvent[]): unknown[] {
  return events.filter(({ event }) => event === 'call.signal').map(({ data }) => data);
}

rule('calls/signals', ({ test, people }) => {
  const [doctor, user, stranger] = people('doctor', 'user', 'user');
  let slots = 0;

  type Call = { appointment: Appointment; now: string; ofDoctor: PeerGrant; ofUser: PeerGrant };

  /** A call of its own that both have joined; time stands still in it. */
  async function call(): Promise<Call & { doctorNow: Person; userNow: Person }> {
    const now = later(fromNow({ hours: 1 }), { minutes: 5 * (slots += 1), ms: 3 });
    const appointment = await book(user, doctor, { startsAt: now, durationMinutes: 5 });
    const [doctorNow, userNow] = [doctor.at(now), user.at(now)];
    const ofDoctor = await joinPeer(doctorNow, appointment);
    return { appointment, now, doctorNow, userNow, ofDoctor, ofUser: await joinPeer(userNow, appointment) };
  }

  async function expectTaken(person: Person, appointment: Appointment, signal: unknown): Promise<void> {
    const answer = await sendSignal(person, appointment, signal);
    expect(answer.status, answer.text).toBe(202);
    expect(answer.bytes).toHaveLength(0);
  }

  test('reach the other alone, in the order sent', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const [ofDoctor, ofUser] = [await joinPeer(doctor, appointment), await joinPeer(user, appointment)];
    const opens = [openEvents(user), openEvents(user, { replica: 1 }), openEvents(doctor, { replica: 1 })] as const;
    await listening([...opens, openEvents(stranger)], async (one, two, back, elsewhere) => {
      const shown = (sender: Person, signal: Signal) => ({
        at: expect.any(String),
        appointmentId: appointment.id,
        senderId: sender.id,
        ...signal,
      });
      const [forth, answers]: [Signal[], Signal[]] = [[], []];
      for (let index = 0; index < 20; index += 1) {
        const type = TYPES[index % TYPES.length] ?? '';
        forth.push(signalOf(ofDoctor, { type, data: { index, sdp: 'v=0\r\n', list: [index, null, { a: 0.5 }] } }));
        await expectTaken(doctor.on(index), appointment, forth.at(-1));
        if (index % 4 !== 0) continue;
        answers.push(signalOf(ofUser, { type, data: { answer: index, 'né 🩹': '\u2028' } }));
        await expectTaken(user.on(index >> 2), appointment, answers.at(-1));
      }
      for (const stream of [one, two]) {
        const events = await told(stream, 20);
        expect(events.map(({ event }) => event)).toEqual(Array(20).fill('call.signal'));
        expect(signalsOf(events)).toEqual(forth.map((signal) => shown(doctor, signal)));
      }
      expect(signalsOf(await told(back, 5))).toEqual(answers.map((signal) => shown(user, signal)));
      for (const stream of [one, back]) {
        const events = await toldUntilNow(stream, user, appointment);
        expect(signalsOf(events)).toHaveLength(stream === one ? 20 : 5);
      }
      const other = await book(stranger, doctor, { startsAt: fromNow({ days: 1 }) });
      expect((await told(elsewhere, 1)).map(({ data }) => data)).toEqual([{ at: other.createdAt, appointment: other }]);
    });
  });

  test('come once, however often they are sent', { needs: ['clock', 'peer'] }, async ({ target }) => {
    await warmUp(target, 6);
    const { appointment, ofDoctor, ofUser, doctorNow, userNow, now } = await call();
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (forth, back) => {
      const signal = signalOf(ofDoctor, { type: 'offer', data: { sdp: 'first' } });
      await expectTaken(doctorNow, appointment, signal);
      await expectTaken(doctorNow.on(1), appointment, signal);
      await expectTaken(doctorNow, appointment, { ...signal, clientId: signal.clientId.toUpperCase() });
      await expectTaken(doctorNow, appointment, { ...signal, type: 'media', data: { sdp: 'second' } });
      const burst = signalOf(ofDoctor, { data: { burst: true } });
      await simultaneously(8, (index) => expectTaken(doctorNow.on(index), appointment, burst));
      // A clientId belongs to its sender.
      const own = signalOf(ofUser, { clientId: signal.clientId, data: { own: true } });
      await expectTaken(userNow, appointment, own);
      const inIt = { at: now, appointmentId: appointment.id };
      expect(signalsOf(await toldUntilNow(forth, userNow, appointment))).toEqual(
        [signal, burst].map((one) => ({ ...inIt, senderId: doctor.id, ...one })),
      );
      const told = signalsOf(await toldUntilNow(back, userNow, appointment));
      expect(told).toEqual([{ ...inIt, senderId: user.id, ...own }]);
      // And to its appointment.
      const next = await call();
      await expectTaken(next.doctorNow, next.appointment, { ...signal, connectionId: next.ofDoctor.connectionId });
      expect(signalsOf(await toldUntilNow(forth, userNow, appointment)).at(-1)).toMatchObject({
        appointmentId: next.appointment.id,
        clientId: signal.clientId,
      });
    });
  });

  test('wait for one who is away', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = later(fromNow({ hours: 6 }), { ms: 1 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const probe = await openEvents(user);
    const [doctorNow] = [doctor.at(startsAt)];
    const grant = await joinPeer(doctorNow, appointment);
    const { id } = (await told(probe, 2)).at(-1) ?? { id: '' };
    probe.close();
    const signals = ['offer', 'candidate', 'candidate'].map((type, index) =>
      signalOf(grant, { type, data: { index } }),
    );
    for (const signal of signals) await expectTaken(doctorNow, appointment, signal);
    await listening([openEvents(user, { lastEventId: id, replica: 1 })], async (stream) => {
      const events = await toldUntilNow(stream, doctorNow, appointment);
      expect(signalsOf(events)).toMatchObject(signals);
      expect(events).toHaveLength(3);
    });
  });

  test('are of five types, with an object for data', { needs: ['clock', 'peer'] }, async () => {
    const { appointment, ofDoctor, doctorNow } = await call();
    const good = signalOf(ofDoctor);
    const { data: _, ...without } = good;
    const cases: [signal: unknown, places: string[]][] = [
      ...['bye', 'Offer', '', 'offer ', 5, null].map((type): [unknown, string[]] => [{ ...good, type }, ['/type']]),
      ...[[], [{}], 'x', 5, true, null].map((data): [unknown, string[]] => [{ ...good, data }, ['/data']]),
      [without, ['/data']],
      [{ ...good, clientId: 'mine', connectionId: 'mine' }, ['/clientId', '/connectionId']],
      [{ ...good, epoch: -1 }, ['/epoch']],
      [{ ...good, epoch: 0.5, to: doctor.id }, ['/epoch', '/to']],
      [{}, ['/clientId', '/connectionId', '/data', '/epoch', '/type']],
    ];
    for (const [signal, places] of cases) {
      const refused = await sendSignal(doctorNow, appointment, signal);
      expect(refused, JSON.stringify(signal)).toBeProblem(400, 'validation-failed');
      const named = refused.problem.errors.map((place) => `${place.in} ${place.pointer}`);
      expect([...new Set(named)].sort()).toEqual(places.map((pointer) => `body ${pointer}`));
    }
    for (const [index, type] of TYPES.entries()) await expectTaken(doctorNow.on(index), appointment, signalOf(ofDoctor, { type })); // prettier-ignore
  });

  test('carry at most 32,768 bytes, 32 levels deep, verbatim', { needs: ['clock', 'peer'] }, async () => {
    const { appointment, ofDoctor, doctorNow } = await call();
    const unpaired = [{ 'a\u0000b': 1 }, { a: ['\u0000'] }, { a: '\ud800' }, { '\udc00': { b: 1 } }];
    const refusals = [dataOf(LIMIT + 1), dataOf(LIMIT + 2), nested(33), { a: nested(32) }, ...unpaired];
    const largest = [
      dataOf(LIMIT),
      dataOf(LIMIT - 1),
      nested(32),
      {},
      { __proto: 1, constructor: { a: [[], {}, ''] } },
    ];
    await listening([openEvents(user)], async (stream) => {
      for (const data of refusals) {
        const refused = await sendSignal(doctorNow, appointment, signalOf(ofDoctor, { data }));
        expect(refused, JSON.stringify(data).slice(0, 200)).toBeProblem(400, 'validation-failed');
        for (const place of refused.problem.errors) expect(`${place.in} ${place.pointer}`).toMatch(/^body \/data/);
      }
      for (const data of largest) await expectTaken(doctorNow, appointment, signalOf(ofDoctor, { data }));
      // White space between tokens does not count.
      const spacious = JSON.stringify(signalOf(ofDoctor, { data: { list: Array(2_500).fill(0) } }), null, 5);
      expect(spacious.length).toBeGreaterThan(LIMIT);
      const answer = await doctorNow.send('sendSignal', { path: on(appointment), rawBody: spacious });
      expect(answer.status, answer.text).toBe(202);
      const events = signalsOf(await toldUntilNow(stream, doctorNow, appointment)) as { data: unknown }[];
      expect(events.map(({ data }) => data)).toEqual([...largest, { list: Array(2_500).fill(0) }]);
    });
  });

  test('need a join that still holds', { needs: ['clock', 'peer'] }, async () => {
    const { appointment, ofDoctor, ofUser, doctorNow, userNow } = await call();
    const early = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    expect(await sendSignal(doctor, early, signalOf(ofDoctor))).toBeProblem(409, 'not-joined');
    const cancelled = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    await user.send('cancelAppointment', { path: on(cancelled) });
    expect(await sendSignal(doctor, cancelled, signalOf(ofDoctor))).toBeProblem(409, 'not-joined');
    for (const connectionId of [randomUUID(), ofDoctor.connectionId, appointment.id]) {
      const foreign = signalOf(ofUser, { connectionId, epoch: 77 });
      expect(await sendSignal(userNow, appointment, foreign), 'before its epoch').toBeProblem(409, 'not-joined');
    }
    for (const path of [on(appointment), { appointmentId: randomUUID() }]) {
      const answer = await stranger.send('sendSignal', { path, body: signalOf(ofUser) });
      expect(answer).toBeProblem(404, 'not-found');
    }
    await expectTaken(userNow, appointment, signalOf(ofUser));
    const body = { connectionId: ofUser.connectionId };
    expect((await userNow.send('leaveCall', { path: on(appointment), body })).status).toBe(204);
    expect(await sendSignal(userNow, appointment, signalOf(ofUser))).toBeProblem(409, 'not-joined');
    await expectTaken(doctorNow, appointment, signalOf(ofDoctor));
  });

  test('are checked in order, before their clientId', { needs: ['clock', 'peer'] }, async () => {
    const { appointment, ofDoctor, ofUser, doctorNow, userNow } = await call();
    const [sent, ofOld] = [signalOf(ofUser), signalOf(ofDoctor)];
    await expectTaken(userNow, appointment, sent);
    await expectTaken(doctorNow, appointment, ofOld);
    const newest = await joinPeer(doctorNow, appointment);
    expect(await sendSignal(doctorNow, appointment, ofOld)).toBeProblem(409, 'superseded');
    expect(await sendSignal(userNow, appointment, sent)).toBeProblem(409, 'stale-epoch');
    await joinPeer(userNow, appointment);
    expect(await sendSignal(userNow, appointment, sent)).toBeProblem(409, 'superseded');
    expect((await doctorNow.send('endCall', { path: on(appointment) })).status).toBe(200);
    for (const signal of [sent, signalOf(newest), signalOf(newest, { connectionId: randomUUID(), epoch: 9 })])
      for (const person of [userNow, doctorNow])
        expect(await sendSignal(person, appointment, signal)).toBeProblem(409, 'call-over');
    const startsAt = fromNow({ hours: 8 });
    const missed = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const late = await sendSignal(user.at(missed.endsAt), missed, sent);
    expect(late).toBeProblem(409, 'call-over');
  });

  test('are refused with another provider, whatever they are', { needs: ['twilio'] }, async () => {
    const signal: Signal = { clientId: randomUUID(), connectionId: randomUUID(), epoch: 0, type: 'offer', data: {} };
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 4 }) });
    for (const person of [user, doctor.on(1)])
      expect(await sendSignal(person, appointment, signal)).toBeProblem(409, 'wrong-provider');
    expect(await sendSignal(stranger, appointment, signal)).toBeProblem(404, 'not-found');
  });
});
