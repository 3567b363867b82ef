import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, on, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { measure, rule, simultaneously, type TestOptions, type TestTarget, within } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { emulatorOf, joinTwilio, meet, roomOf } from '../../src/twilio-room.ts';
import type { FaultOrder } from '../../twilio-emulator/control/control.ts';

const REFUSAL_MS = 6_000;
/** An end takes as long as it takes without a provider, which is far below what the provider is late here. */
const END_MS = 3_000;
const PROVIDER_LATE_MS = 20_000;
/** What is wrong is wrong for all that is asked of Twilio meanwhile. */
const alone: TestOptions = { needs: ['clock', 'emulator'], lane: 'waiting', timeout: 90_000 };
const always = { on: 'request', path: '/v1/Rooms', times: 1_000 } as const;

rule('calls/provider-failure', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  let slots = 0;

  /** An appointment with a time of its own, at which both stand still. */
  async function bookOne(): Promise<{ appointment: Appointment; doctorNow: Person; userNow: Person }> {
    const startsAt = later(fromNow({ hours: 1 }), { minutes: 30 * (slots += 1), ms: 21 });
    const appointment = await book(user, doctor, { startsAt });
    return { appointment, doctorNow: doctor.at(startsAt), userNow: user.at(startsAt) };
  }

  /** Works while Twilio does this wrong. */
  async function whileFaulty(target: TestTarget, orders: FaultOrder[], work: () => Promise<void>): Promise<void> {
    const control = emulatorOf(target);
    const faults = await Promise.all(orders.map((order) => control.addFault(order)));
    try {
      await work();
    } finally {
      await Promise.all(faults.map((fault) => control.removeFaults(fault)));
    }
  }

  async function whileRefusing(target: TestTarget, work: () => Promise<void>): Promise<void> {
    const control = emulatorOf(target);
    await control.refuseConnections();
    try {
      await work();
    } finally {
      await control.acceptConnections();
    }
  }

  function expectUnavailable(answer: Answer): void {
    expect(answer).toBeProblem(503, 'video-unavailable');
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  }

  /** While the provider fails both are refused in time and nothing changes; afterwards both get in. */
  async function expectRefused(
    target: TestTarget,
    what: string,
    whileFailing: (work: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const { appointment, doctorNow, userNow } = await bookOne();
    const before = await userNow.send('getAppointment', { path: on(appointment) });
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      await whileFailing(async () => {
        for (const person of [userNow, doctorNow.on(1)]) {
          const refused = await person.send('joinCall', { path: on(appointment) });
          expectUnavailable(refused);
          measure(`a join while Twilio ${what}`, refused.ms, { bound: REFUSAL_MS });
          expect(refused.ms).toBeLessThan(REFUSAL_MS);
          const after = await doctorNow.send('getAppointment', { path: on(appointment) });
          expect([after.text, after.headers['etag']]).toEqual([before.text, before.headers['etag']]);
        }
      });
      expect(before.body).toMatchObject({ status: 'scheduled', call: { state: 'none', participants: [] } });
      const grant = await joinTwilio(userNow.on(1), appointment);
      await roomOf(target, grant);
      expect((await joinTwilio(doctorNow, appointment)).roomName).toBe(grant.roomName);
      const shown = await show(userNow, appointment);
      expect(shown).toMatchObject({ status: 'in_progress', call: { state: 'waiting', roomName: grant.roomName } });
      expect(shown.call.startedAt).toBe(appointment.startsAt);
      for (const stream of streams) {
        const told = (await toldUntilNow(stream, userNow, appointment)).map(({ event }) => event);
        expect(told.filter((event) => event !== 'message.created')).toEqual(['call.started']);
      }
    });
  }

  test('refuses joins that Twilio answers with an error', alone, async ({ target }) => {
    for (const status of [429, 500, 503, 401])
      await expectRefused(target, `answers ${status}`, (work) =>
        whileFaulty(target, [{ ...always, kind: 'status', status }], work),
      );
  });

  test('refuses joins while connections are cut or refused', alone, async ({ target }) => {
    await expectRefused(target, 'cuts connections', (work) =>
      whileFaulty(target, [{ ...always, kind: 'reset' }], work),
    );
    await expectRefused(target, 'refuses connections', (work) =>
      whileRefusing(target, async () => {
        await work();
        expect((await target.nobody.send('getReadiness')).status, 'readiness is about ourselves').toBe(200);
      }),
    );
  });

  test('refuses joins after 5 s, and not before 4', alone, async ({ target }) => {
    const slow = { ...always, kind: 'slow', ms: 8_000 } as const;
    await expectRefused(target, 'takes 8 s', (work) => whileFaulty(target, [slow], work));
    const { appointment, userNow } = await bookOne();
    await whileFaulty(target, [{ ...slow, ms: 4_000, body: 'UniqueName' }], async () => {
      const grant = await joinTwilio(userNow, appointment);
      await roomOf(target, grant);
    });
  });

  test('starts afresh when a room was made and its answer lost', alone, async ({ target }) => {
    const lost = { ...always, body: 'UniqueName', takesEffect: true };
    for (const fault of [
      { ...lost, kind: 'status', status: 500 },
      { ...lost, kind: 'reset' },
    ] as const)
      await expectRefused(target, 'loses its answers', (work) => whileFaulty(target, [fault], work));
  });

  test('refuses simultaneous first joins, and later gives one room', alone, async ({ target }) => {
    const { appointment, doctorNow, userNow } = await bookOne();
    const joinAll = () =>
      simultaneously(6, (index) =>
        (index % 2 === 0 ? userNow : doctorNow).send('joinCall', { path: on(appointment), replica: index >> 1 }),
      );
    await whileFaulty(target, [{ ...always, kind: 'status', status: 500 }], async () => {
      for (const answer of await joinAll()) expectUnavailable(answer);
      expect(await show(doctorNow, appointment)).toEqual(appointment);
    });
    const answers = await joinAll();
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(answers.map(({ body }) => body.roomName)).size).toBe(1);
  });

  test('refuses a new room after a discard, and changes nothing', alone, async ({ target }) => {
    const { appointment, userNow } = await bookOne();
    const first = await joinTwilio(userNow, appointment);
    const later5 = user.at(later(appointment.startsAt, { minutes: 5 }));
    const before = await show(later5, appointment);
    expect(before).toMatchObject({ status: 'in_progress', call: { state: 'none', roomName: null } });
    await listening([openEvents(doctor)], async (stream) => {
      await whileFaulty(target, [{ ...always, kind: 'status', status: 500 }], async () => {
        expectUnavailable(await later5.send('joinCall', { path: on(appointment) }));
        expect(await show(later5, appointment)).toEqual(before);
      });
      const second = await joinTwilio(later5, appointment);
      expect(second.roomName).not.toBe(first.roomName);
      const told = (await toldUntilNow(stream, later5, appointment)).map(({ event }) => event);
      expect(told).toEqual(['appointment.updated']);
    });
  });

  test('ends a call without waiting for Twilio', alone, async ({ target }) => {
    const slow = { ...always, kind: 'slow', ms: PROVIDER_LATE_MS } as const;
    const failures = [
      ['is slow', (work: () => Promise<void>) => whileFaulty(target, [slow], work)],
      ['refuses connections', (work: () => Promise<void>) => whileRefusing(target, work)],
    ] as const;
    for (const [what, whileFailing] of failures) {
      const { appointment, doctorNow, userNow } = await bookOne();
      await joinTwilio(userNow, appointment);
      await whileFailing(async () => {
        const ended = await doctorNow.send('endCall', { path: on(appointment) });
        expect([ended.status, ended.body.status]).toEqual([200, 'completed']);
        measure(`an end while Twilio ${what}`, ended.ms, { bound: END_MS });
        expect(ended.ms).toBeLessThan(END_MS);
        expect(await show(userNow, appointment)).toEqual(ended.body);
      });
    }
  });

  test('completes the room by retries', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const { appointment, doctorNow, userNow } = await bookOne();
    const { room } = await meet(target, appointment, doctorNow, userNow);
    for (const path of [room.sid, room.name]) {
      await room.control.addFault({ on: 'request', method: 'POST', path, kind: 'status', status: 500 });
      await room.control.addFault({ on: 'request', method: 'POST', path, kind: 'reset' });
    }
    expect((await doctorNow.send('endCall', { path: on(appointment) })).status).toBe(200);
    const { ms } = await room.isCompleted(40);
    measure('from an end to that of the room, after two failures', ms);
    expect((await show(userNow, appointment)).status).toBe('completed');
  });

  test('ends a call whose room Twilio has lost', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const { appointment, doctorNow, userNow } = await bookOne();
    const { room } = await meet(target, appointment, doctorNow, userNow);
    const { id: asked } = (await room.control.listRequests()).at(-1) ?? { id: 0 };
    await room.control.vanish({ room: room.sid });
    const again = await userNow.send('joinCall', { path: on(appointment) });
    if (again.status !== 200) expectUnavailable(again);
    const ended = await doctorNow.send('endCall', { path: on(appointment) });
    expect([ended.status, ended.body.status]).toEqual([200, 'completed']);
    await within(20, 'the try to complete the lost room', async () => {
      const requests = await room.control.listRequests({ after: asked });
      return requests.find(
        ({ method, path }) => method === 'POST' && [room.sid, room.name].some((name) => path.includes(name)),
      );
    });
    expect(await show(userNow.on(1), appointment)).toEqual(ended.body);
    expect((await target.nobody.send('getReadiness')).status).toBe(200);
  });
});
