import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import { book, on } from '../../src/bookings.ts';
import { say, sayTogether } from '../../src/conversation.ts';
import { openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { ids, listening, plain, told } from '../../src/listening.ts';
import { measure, rule, simultaneously, warmUp } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

const WRITERS = 10;
const WRITES = 100;
const CUTS = 50;

rule('events/gapless', ({ test, people }) => {
  const [doctor, ada, bob] = people('doctor', 'user', 'user');

  test('keeps all 1,000 in order, written by ten at once, cut 50 times', { timeout: 90_000 }, async ({ target }) => {
    await warmUp(target, WRITERS);
    const [ofAda, ofBob] = [
      await book(ada, doctor, { startsAt: fromNow({ days: 1 }) }),
      await book(bob, doctor, { startsAt: fromNow({ days: 2 }) }),
    ];
    await listening([openEvents(doctor, { lastEventId: '0', replica: 1 })], async (steady) => {
      const start = (await told(steady, 2)).length;
      const began = performance.now();
      const writing = simultaneously(WRITERS, async (writer) => {
        const [person, appointment] = writer % 2 === 0 ? [ada, ofAda] : [bob, ofBob];
        for (let index = 0; index < WRITES; index += 1) {
          const replica = writer + index;
          if (index % 5 === 0) await say(person.on(replica), appointment, `${writer} ${index}`);
          else expect((await person.send('showTyping', { path: on(appointment), replica })).status).toBe(204);
        }
      });
      const resumed: StreamEvent[] = [];
      const reading = (async () => {
        for (let cut = 0; cut <= CUTS; cut += 1) {
          const lastEventId = resumed.at(-1)?.id ?? String(start);
          const stream = await openEvents(doctor, { lastEventId, replica: cut });
          // What came beyond the cut was on its way when the connection broke: it counts as lost.
          const wanted = cut < CUTS ? 19 : WRITERS * WRITES - resumed.length;
          resumed.push(...(await told(stream, wanted, 60).finally(() => stream.close())).slice(0, wanted));
        }
      })();
      await Promise.all([writing, reading]);
      measure('1,000 events written', performance.now() - began);
      expect(ids(resumed)).toEqual(Array.from({ length: 1_000 }, (_, index) => start + 1 + index));
      expect(plain((await told(steady, start + 1_000, 20)).slice(start))).toEqual(plain(resumed));
      expect(resumed.filter(({ event }) => event === 'message.typing')).toHaveLength(800);
      const bodies = resumed.flatMap(({ event, data }) =>
        event === 'message.created' ? [(data as { message: { body: string } }).message.body] : [],
      );
      for (let writer = 0; writer < WRITERS; writer += 1) {
        const own = bodies.filter((body) => body.startsWith(`${writer} `));
        expect(own).toEqual(Array.from({ length: 20 }, (_, index) => `${writer} ${index * 5}`));
      }
      // And nothing beyond the thousand.
      const all = await toldUntilNow(steady, ada, ofAda);
      expect(all).toHaveLength(start + 1_000);
    });
  });

  test('gives all replicas one order of what two of them write', { needs: ['replicas'] }, async ({ target }) => {
    const appointment = await book(ada, doctor, { startsAt: fromNow({ days: 9 }) });
    const opens = target.replicas.map((_, replica) => openEvents(ada, { replica }));
    await listening(opens, async (...streams) => {
      const body = (writer: number, index: number): string => `${writer} ${index}`;
      await sayTogether([ada, doctor], appointment, { each: 10, body });
      const [first = [], ...others] = await Promise.all(streams.map((stream) => told(stream, 40)));
      expect(ids(first)).toEqual(Array.from(first, (_, index) => Number(first[0]?.id) + index));
      for (const events of others) {
        expect(ids(events)).toEqual(ids(first));
        expect(plain(events)).toEqual(plain(first));
      }
    });
  });

  test('begins at 1 and rises by 1, for each account', async ({ target }) => {
    const [newcomer] = await target.people('user');
    const unopened = await openEvents(newcomer, { lastEventId: '0' });
    await listening([Promise.resolve(unopened), openEvents(newcomer, { replica: 1 })], async (...streams) => {
      const appointment = await book(newcomer, doctor.on(1), { startsAt: fromNow({ days: 3 }) });
      for (const person of [newcomer, doctor, newcomer.on(1), doctor.on(1)]) await say(person, appointment);
      const elsewhere = await book(ada, doctor, { startsAt: fromNow({ days: 4 }) });
      await say(doctor, elsewhere);
      await say(doctor, appointment);
      for (const stream of streams) expect(ids(await told(stream, 6))).toEqual([1, 2, 3, 4, 5, 6]);
    });
  });

  test('gives what follows the id, then what comes live', async () => {
    const appointment = await book(ada, doctor, { startsAt: fromNow({ days: 5 }) });
    const sent = [];
    for (let index = 0; index < 4; index += 1) sent.push(await say(ada.on(index), appointment, `${index}`));
    await listening([openEvents(ada, { lastEventId: '0' })], async (whole) => {
      const history = await toldUntilNow(whole, doctor, appointment);
      const newest = history.length + 1;
      expect(ids(history)).toEqual(Array.from(history, (_, index) => index + 1));
      const from = [0, 1, newest - 4, newest - 1, newest];
      const opens = from.map((id) => openEvents(ada, { lastEventId: String(id), replica: id }));
      await listening([...opens, openEvents(ada), openEvents(ada, { replica: 1 })], async (...streams) => {
        const live = await say(doctor, appointment, 'Live');
        const all = await told(whole, newest + 1);
        for (const [index, id] of [...from, newest, newest].entries()) {
          const stream = streams[index];
          const events = stream ? await told(stream, newest + 1 - id) : [];
          expect(ids(events), `after ${id}`).toEqual(ids(all.slice(id)));
          expect(plain(events), `after ${id}`).toEqual(plain(all.slice(id)));
          expect(events.at(-1)?.data).toEqual({ at: live.sentAt, message: live });
        }
      });
    });
  });

  test('resets where the id is none that was told, then goes on', async () => {
    const appointment = await book(ada, doctor, { startsAt: fromNow({ days: 6 }) });
    const probe = await openEvents(ada);
    await toldUntilNow(probe, doctor, appointment);
    const newest = Number((await told(probe, 1)).at(-1)?.id);
    probe.close();
    const strange = ['', '-1', '00', '01', '+1', '1.0', '1e0', '0x1', '1,2', 'abc', 'null', String(newest + 1), '4294967297', '9007199254740993', '9223372036854775807', '9223372036854775808', '9'.repeat(400)]; // prettier-ignore
    const opens = strange.map((lastEventId, replica) => openEvents(ada, { lastEventId, replica }));
    await listening(opens, async (...streams) => {
      const live = await say(doctor, appointment, 'Live');
      for (const [index, stream] of streams.entries()) {
        const events = await told(stream, 2);
        expect(
          events.map(({ id, event, data }) => ({ id, event, data })),
          JSON.stringify(strange[index]),
        ).toEqual([
          { id: String(newest), event: 'stream.reset', data: { at: expect.any(String) } },
          { id: String(newest + 1), event: 'message.created', data: { at: live.sentAt, message: live } },
        ]);
      }
    });
  });

  test('resets a stream of an account without events to 0', async ({ target }) => {
    const [newcomer] = await target.people('user');
    const opens = ['1', 'abc', '0'].map((lastEventId, replica) => openEvents(newcomer, { lastEventId, replica }));
    await listening([...opens, openEvents(newcomer)], async (...streams) => {
      await book(newcomer, doctor, { startsAt: fromNow({ days: 7 }) });
      const seen = [];
      for (const [index, stream] of streams.entries())
        seen.push((await told(stream, index < 2 ? 2 : 1)).map(({ id, event }) => `${id} ${event}`));
      const [reset, created] = ['0 stream.reset', '1 appointment.created'];
      expect(seen).toEqual([[reset, created], [reset, created], [created], [created]]);
    });
  });

  test('keeps events for exactly 24 hours', { needs: ['clock'] }, async () => {
    const t0 = later(fromNow({ hours: 1 }), { ms: 250 });
    const hour = (hours: number) => later(t0, { hours });
    const appointment = await book(bob, doctor, { startsAt: fromNow({ days: 8 }) });
    const probe = await openEvents(bob);
    for (const hours of [0, 1, 2]) await say(bob.at(hour(hours)), appointment, `Hour ${hours}`);
    const newest = Number((await told(probe, 3)).at(-1)?.id);
    probe.close();
    const [first, second] = [newest - 2, newest - 1];
    const nextDay = await bob.logInAgain(hour(20));
    const open = (lastEventId: number, now: string) =>
      openEvents(nextDay, { lastEventId: String(lastEventId), now, replica: lastEventId });
    const cases: [opening: ReturnType<typeof openEvents>, what: string, told: (number | 'reset')[]][] = [
      [open(first, later(hour(24), { ms: -1 })), 'the first while it is kept', [second, newest]],
      [open(first, hour(24)), 'the first 24 hours on', ['reset']],
      [open(0, hour(24)), '0 when event 1 is gone', ['reset']],
      [open(second, hour(24)), 'the second 24 hours after the first', [newest]],
      [open(second, later(hour(25), { ms: -1 })), 'the second while it is kept', [newest]],
      [open(second, hour(25)), 'the second 24 hours on', ['reset']],
      [open(newest, hour(27)), 'the newest, older than 24 hours', []],
      [open(newest + 1, hour(27)), 'one that is to come', ['reset']],
      [openEvents(bob, { lastEventId: String(first) }), 'the first, read by real time', [second, newest]],
    ];
    await listening(
      cases.map(([opening]) => opening),
      async (...streams) => {
        await say(doctor, appointment, 'Live');
        for (const [index, [, what, expected]] of cases.entries()) {
          const stream = streams[index];
          const events = stream ? await told(stream, expected.length + 1) : [];
          const seen = events.map(({ id, event }) => (event === 'stream.reset' ? 'reset' : Number(id)));
          expect(seen, what).toEqual([...expected, newest + 1]);
          if (expected[0] === 'reset') expect(events[0]?.id, what).toBe(String(newest));
        }
      },
    );
  });
});
