import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, joinPeer, on } from '../../src/bookings.ts';
import { openEvents, type StreamEvent } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, told } from '../../src/listening.ts';
import { rule } from '../../src/rule.ts';
import { sendSignal, signalOf } from '../../src/signals.ts';
import { toldUntilNow } from '../../src/told.ts';

type Told = { event: string; id: string; data: unknown };

/** The events as they are once their signals are forgotten. */
function forgotten(events: readonly Told[]): Told[] {
  return events.map(({ id, event, data }) => {
    return { id, event, data: event === 'call.signal' ? { ...(data as object), data: null } : data };
  });
}

function shown(events: readonly StreamEvent[]): Told[] {
  return events.map(({ id, event, data }) => ({ id, event, data }));
}

rule('calls/signals-forgotten', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  /** Both join at this time and send two signals each that hold an address. */
  async function talk(appointment: Appointment, doctorNow: Person, userNow: Person): Promise<void> {
    const ofDoctor = await joinPeer(doctorNow, appointment);
    const ofUser = await joinPeer(userNow, appointment);
    const data = { candidate: 'candidate:1 1 udp 2113937151 192.0.2.7 54400 typ host' };
    for (let times = 0; times < 2; times += 1) {
      for (const [person, grant] of [[doctorNow, ofDoctor] as const, [userNow, ofUser] as const]) {
        const sent = await sendSignal(person, appointment, signalOf(grant, { type: 'candidate', data }));
        expect(sent.status, sent.text).toBe(202);
      }
    }
  }

  test('lose their data when the doctor ends the call', { needs: ['peer'] }, async () => {
    const other = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const opens = [
      openEvents(doctor, { lastEventId: '0' }),
      openEvents(user, { lastEventId: '0', replica: 1 }),
    ] as const;
    await listening(opens, async (...live) => {
      await talk(appointment, doctor, user);
      for (const stream of live) {
        const events = await toldUntilNow(stream, user, other);
        const signals = events.filter(({ event }) => event === 'call.signal');
        expect(signals).toHaveLength(2);
        expect(JSON.stringify(signals)).toContain('192.0.2.7');
      }
      expect((await doctor.on(1).send('endCall', { path: on(appointment) })).status).toBe(200);
      const again = [doctor, doctor.on(1), user, user.on(1)].map((one) => openEvents(one, { lastEventId: '0' }));
      await listening(again, async (...streams) => {
        for (const [index, stream] of streams.entries()) {
          const before = await told(live[index < 2 ? 0 : 1], 10);
          const after = await told(stream, before.length);
          expect(shown(after)).toEqual(forgotten(before));
          expect(JSON.stringify(after)).not.toContain('192.0.2.7');
        }
      });
    });
  });

  test('lose their data when time ends the call', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = later(fromNow({ hours: 1 }), { ms: 6 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
    const running = await book(user, doctor, { startsAt: later(startsAt, { minutes: 25 }), durationMinutes: 5 });
    const over = later(appointment.endsAt, { minutes: 15 });
    await listening([openEvents(user)], async (live) => {
      const at = [doctor.at(startsAt), user.at(startsAt)] as const;
      await talk(appointment, ...at);
      await talk(running, doctor.at(over), user.at(over));
      const events = await toldUntilNow(live, user, running);
      const start = String(Number(events[0]?.id) - 1);
      const read = async (now: string, replica: number): Promise<Told[]> => {
        let seen: Told[] = [];
        await listening([openEvents(user, { lastEventId: start, now, replica })], async (stream) => {
          seen = shown((await told(stream, events.length)).slice(0, events.length));
        });
        return seen;
      };
      const isOf = ({ data }: Told): boolean => (data as { appointmentId?: string }).appointmentId === appointment.id;
      const signals = shown(events).filter(({ event }) => event === 'call.signal');
      expect(signals.map(isOf)).toEqual([true, true, false, false]);
      const ended = shown(events).map((event) => (isOf(event) ? forgotten([event])[0] : event));
      for (const replica of [0, 1]) {
        expect(await read(later(over, { ms: -1 }), replica), 'while the call goes on').toEqual(shown(events));
        expect(await read(over, replica), 'once time has ended it').toEqual(ended);
        expect(await read(later(over, { hours: 2 }), replica)).toEqual(forgotten(shown(events)));
      }
    });
  });
});
