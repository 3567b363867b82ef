import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, on, show } from '../../src/bookings.ts';
import { type EventStream, openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, plain } from '../../src/listening.ts';
import type { RuleKit } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

type Told = { event: string; data: unknown };

/** The part of the rule that a call of Twilio brings about: joins connect nobody, its callbacks do. */
export function hearsOfCallbacks(test: RuleKit['test'], doctor: Person, user: Person): void {
  async function toldOf(stream: EventStream, appointment: Appointment, now: string): Promise<Told[]> {
    const events = plain(await toldUntilNow(stream, user.at(now), appointment));
    return events.filter(({ event }) => event !== 'message.created');
  }

  /** Events and their instants first, which say in a line what the data says in a hundred. */
  function expectTold(events: Told[], expected: Told[]): void {
    const inWords = ({ event, data }: Told) => `${event} at ${(data as { at: string }).at}`;
    expect(events.map(inWords)).toEqual(expected.map(inWords));
    expect(events).toEqual(expected);
  }

  test('is the two participants for a call of Twilio', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 8 });
    const at = (seconds: number) => later(startsAt, { seconds });
    const booked = await book(user, doctor, { startsAt });
    const shown = (seconds: number) => show(doctor.at(at(seconds)), booked);
    const about = (what: string, person: Person, seconds: number, appointment: Appointment): Told => ({
      event: `call.participant-${what}`,
      data: { at: at(seconds), accountId: person.id, appointment },
    });
    const [stranger] = await target.people('user');
    const opens = [openEvents(user, { replica: 1 }), openEvents(doctor), openEvents(stranger)] as const;
    await listening(opens, async (ofUser, ofDoctor, elsewhere) => {
      const older = await joinTwilio(user.at(at(0)), booked);
      const room = await roomOf(target, older);
      const started = { event: 'call.started', data: { at: at(0), appointment: await shown(0) } };
      await joinTwilio(doctor.at(at(1)), booked);
      await room.connect(user, at(2));
      const both = [started, about('joined', user, 2, await shown(2))];
      await room.connect(doctor, at(3));
      both.push(about('joined', doctor, 3, await shown(3)));
      const newest = await joinTwilio(user.at(at(4)), booked);
      const superseded = {
        event: 'call.superseded',
        data: { at: at(4), appointmentId: booked.id, connectionId: older.connectionId },
      };
      const path = on(booked);
      const rest = [];
      await doctor.at(at(5)).send('keepPresence', { path, body: { connectionId: newest.connectionId } });
      await user.at(at(6)).send('leaveCall', { path, body: { connectionId: newest.connectionId } });
      rest.push(about('left', user, 6, await shown(6)));
      await room.disconnect(doctor, at(7));
      rest.push(about('left', doctor, 7, await shown(7)));
      const ended = await doctor.at(at(8)).send('endCall', { path });
      rest.push({ event: 'call.ended', data: { at: at(8), appointment: ended.body } });
      await room.isCompleted(20);
      await room.called();
      expectTold(await toldOf(ofUser, booked, at(9)), [...both, superseded, ...rest]);
      expectTold(await toldOf(ofDoctor, booked, at(9)), [...both, ...rest]);
      expect(elsewhere.events).toEqual([]);
    });
  });

  test('hears of a new room of Twilio, not of a discard', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 10 });
    const booked = await book(user, doctor, { startsAt });
    const at = (minutes: number) => later(startsAt, { minutes });
    await joinTwilio(user.at(at(0)), booked);
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      for (const minutes of [5, 6]) await show(user.at(at(minutes)), booked);
      const second = await joinTwilio(doctor.at(at(7)), booked);
      const afterDiscard = await show(user.at(at(7)), booked);
      const room = await roomOf(target, second);
      await room.connect(doctor, at(8));
      const connected = await show(user.at(at(8)), booked);
      await room.disconnect(doctor, at(9));
      const left = await show(user.at(at(9)), booked);
      await room.end(at(10));
      const third = await joinTwilio(user.at(at(11)), booked);
      expect(third.roomName).not.toBe(second.roomName);
      const afterEnd = await show(user.at(at(11)), booked);
      for (const stream of streams) {
        const told = await toldOf(stream, booked, at(12));
        const untilEnd = told.filter(({ data }) => (data as { at: string }).at !== at(10));
        expectTold(untilEnd, [
          { event: 'appointment.updated', data: { at: at(7), appointment: afterDiscard } },
          { event: 'call.participant-joined', data: { at: at(8), accountId: doctor.id, appointment: connected } },
          { event: 'call.participant-left', data: { at: at(9), accountId: doctor.id, appointment: left } },
          { event: 'appointment.updated', data: { at: at(11), appointment: afterEnd } },
        ]);
      }
    });
  });
}
