import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, joinPeer, on } from '../../src/bookings.ts';
import { markRead, say } from '../../src/conversation.ts';
import { type EventStream, openEvents } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { ids, listening, told } from '../../src/listening.ts';
import { measure, rule, simultaneously, type TestTarget, warmUp } from '../../src/rule.ts';
import { sendSignal, signalOf } from '../../src/signals.ts';

const BOUND_MS = 1_000;
const BURST = 40;

/** How long after its response each event came, in milliseconds; one that came before it was 0 late. */
function latenesses(stream: EventStream, answeredAt: readonly number[]): number[] {
  return answeredAt.map((answered, index) => Math.max(0, (stream.events[index]?.cameAt ?? Infinity) - answered));
}

rule('events/prompt', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const streamsOf = ({ replicas }: TestTarget, ...persons: Person[]) =>
    persons.flatMap((person) => replicas.map((_, replica) => openEvents(person, { replica })));

  test('arrive within 1 s, each by itself', { lane: 'quiet' }, async ({ target }) => {
    await warmUp(target, 2);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    await listening(streamsOf(target, doctor, user), async (...streams) => {
      const answeredAt: number[] = [];
      for (let round = 0; round < 10; round += 1) {
        const message = await say((round % 2 === 0 ? user : doctor).on(round >> 1), appointment, `${round}`);
        answeredAt.push(performance.now());
        for (const stream of streams) await told(stream, answeredAt.length);
        await markRead((round % 3 === 0 ? user : doctor).on(round), appointment, message);
        answeredAt.push(performance.now());
        for (const stream of streams) await told(stream, answeredAt.length);
      }
      for (const [index, stream] of streams.entries()) {
        const worst = Math.max(...latenesses(stream, answeredAt));
        const { length } = target.replicas;
        const name = `event on replica ${(index % length) + 1} of the ${index < length ? 'doctor' : 'user'} after its response`;
        measure(name, worst, { bound: BOUND_MS });
        expect(worst, name).toBeLessThanOrEqual(BOUND_MS);
      }
    });
  });

  test('arrive within 1 s on the other replica', { lane: 'quiet', needs: ['replicas'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    for (const [writing, reading] of [
      [0, 1],
      [1, 0],
    ] as const) {
      await listening([openEvents(user, { replica: reading })], async (stream) => {
        const answeredAt: number[] = [];
        for (let count = 1; count <= 5; count += 1) {
          await say(doctor.on(writing), appointment);
          answeredAt.push(performance.now());
          await told(stream, count);
        }
        const worst = Math.max(...latenesses(stream, answeredAt));
        measure(`event of replica ${writing + 1} on replica ${reading + 1}`, worst, { bound: BOUND_MS });
        expect(worst).toBeLessThanOrEqual(BOUND_MS);
      });
    }
  });

  test('arrive within 1 s when 40 are written at once', { lane: 'quiet' }, async ({ target }) => {
    await warmUp(target, 10);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    await listening(streamsOf(target, doctor, user), async (...streams) => {
      const answered = new Map<string, number>();
      await simultaneously(BURST, async (index) => {
        const { id } = await say((index % 2 === 0 ? user : doctor).on(index >> 1), appointment, `${index}`);
        answered.set(id, performance.now());
      });
      const worst = [];
      for (const stream of streams) {
        const events = await told(stream, BURST);
        expect(new Set(ids(events)).size).toBe(BURST);
        const idOf = (data: unknown): string => (data as { message: { id: string } }).message.id;
        worst.push(...events.map(({ data, cameAt }) => cameAt - (answered.get(idOf(data)) ?? -Infinity)));
      }
      measure('event of a burst of 40 after its response', Math.max(0, ...worst), { bound: BOUND_MS });
      expect(Math.max(...worst)).toBeLessThanOrEqual(BOUND_MS);
    });
  });

  test('bring signals within 1 s', { lane: 'quiet', needs: ['peer'] }, async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    await joinPeer(user, appointment);
    const grant = await joinPeer(doctor, appointment);
    await listening(streamsOf(target, user), async (...streams) => {
      const answeredAt: number[] = [];
      for (let count = 1; count <= 10; count += 1) {
        const signal = signalOf(grant, { type: 'candidate', data: { candidate: `candidate:${count}` } });
        expect((await sendSignal(doctor.on(count), appointment, signal)).status).toBe(202);
        answeredAt.push(performance.now());
        for (const stream of streams) await told(stream, count);
      }
      for (const stream of streams)
        expect(stream.events.map(({ event }) => event)).toEqual(Array(10).fill('call.signal'));
      const worst = Math.max(...streams.flatMap((stream) => latenesses(stream, answeredAt)));
      measure('signal after its response', worst, { bound: BOUND_MS });
      expect(worst).toBeLessThanOrEqual(BOUND_MS);
      expect((await doctor.send('endCall', { path: on(appointment) })).status).toBe(200);
    });
  });
});
