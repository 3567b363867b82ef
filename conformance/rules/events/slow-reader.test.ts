import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import { type Appointment, book } from '../../src/bookings.ts';
import { type Message, say, sayTogether, WRITERS } from '../../src/conversation.ts';
import { type EventStream, openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { ids, listening, told } from '../../src/listening.ts';
import { measure, rule, warmUp, within } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

/** 16,000 bytes of UTF-8, the most that a message can be. */
const LARGEST = '🩹'.repeat(4_000);
const BATCH = 32;
/** 1 MiB for the server and as much as systems keep for two sockets at most: then it must have dropped the sleeper. */
const MOST_BATCHES = 48;

function isOf(message: Message): (event: StreamEvent) => boolean {
  return ({ data }) => (data as { message?: Message }).message?.id === message.id;
}

rule('events/slow-reader', ({ test, people }) => {
  const [doctor, user, other] = people('doctor', 'user', 'user');

  /** Has a batch of the largest messages written, by both, on all replicas. */
  async function write(appointment: Appointment): Promise<void> {
    await sayTogether([user, doctor], appointment, { each: BATCH / WRITERS, body: () => LARGEST });
  }

  /** How late the event of a message comes while somebody sleeps, in milliseconds after the response. */
  async function lateness(stream: EventStream, appointment: Appointment): Promise<number> {
    const message = await say(doctor, appointment);
    const answered = performance.now();
    const came = await within(5, 'the event of a message', async () => stream.events.findLast(isOf(message)));
    return Math.max(0, came.value.cameAt - answered);
  }

  test('is dropped, and nobody else is held up', { lane: 'quiet', timeout: 90_000 }, async ({ target }) => {
    await warmUp(target, WRITERS);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const apart = await book(other, doctor, { startsAt: fromNow({ days: 2 }) });
    const first = await openEvents(user);
    await toldUntilNow(first, doctor, appointment);
    const start = first.lastEventId ?? '';
    const asleep = { lastEventId: start, isAsleep: true };
    const opens = [openEvents(user, asleep), openEvents(user, { lastEventId: start }), openEvents(other)] as const;
    await listening([Promise.resolve(first), ...opens], async (awake, sleeper, sibling, stranger) => {
      let late = 0;
      let batches = 0;
      for (; batches < MOST_BATCHES && sleeper.endedAt === undefined; batches += 1) {
        await write(appointment);
        sleeper.nudge();
        late = Math.max(late, await lateness(awake, appointment), await lateness(stranger, apart));
      }
      await within(5, 'the connection of one that does not read is closed', async () => {
        sleeper.nudge();
        return sleeper.endedAt;
      });
      measure('written until a sleeping reader was dropped', batches * BATCH * LARGEST.length * 2, { unit: 'bytes' });
      measure('event on other streams meanwhile', late, { bound: 1_000 });
      expect(late).toBeLessThanOrEqual(1_000);
      for (const stream of [awake, sibling, stranger]) expect(stream.endedAt).toBeUndefined();

      // The dropped client loses nothing.
      sleeper.wake();
      const lastEventId = sleeper.lastEventId ?? start;
      const all = (await told(sibling, batches * (BATCH + 1), 20)).map(({ id }) => id);
      expect(Number(all[0])).toBe(Number(start) + 1);
      await listening([openEvents(user, { lastEventId, replica: 1 })], async (resumed) => {
        const missed = await told(resumed, Number(all.at(-1)) - Number(lastEventId), 20);
        expect(ids(missed)).toEqual(all.map(Number).filter((id) => id > Number(lastEventId)));
      });
    });
  });

  test('may be less than 1 MiB behind', async ({ target }) => {
    await warmUp(target, WRITERS);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    await listening([openEvents(user, { isAsleep: true }), openEvents(user)], async (sleeper, awake) => {
      await write(appointment);
      await told(awake, BATCH, 20);
      sleeper.nudge();
      sleeper.wake();
      expect(ids(await told(sleeper, BATCH, 20))).toEqual(ids(awake.events));
      expect(sleeper.endedAt).toBeUndefined();
    });
  });
});
