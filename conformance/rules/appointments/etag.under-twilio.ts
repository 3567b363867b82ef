import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, on } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import type { RuleKit } from '../../src/rule.ts';
import { Sightings } from '../../src/sightings.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

/** The part of the rule that callbacks of Twilio bring about. */
export function changesByCallbacks(test: RuleKit['test'], doctor: Person, user: Person): void {
  test('changes the tag with every callback', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const startsAt = fromNow({ hours: 9 });
    const at = (seconds: number) => later(startsAt, { seconds });
    const call = await book(user, doctor, { startsAt });
    const sightings = new Sightings();
    const see = async (seconds: number, count: number) => {
      for (const [replica, person] of [user, doctor].entries())
        sightings.add(await person.at(at(seconds)).send('getAppointment', { path: on(call), replica }));
      expect(sightings.count, `${seconds} s after the start`).toBe(count);
    };
    await see(0, 1);
    const room = await roomOf(target, await joinTwilio(user.at(at(0)), call));
    await see(0, 2);
    await room.connect(user, at(1));
    await see(1, 3);
    await joinTwilio(doctor.at(at(2)), call);
    await see(2, 4);
    await room.connect(doctor, at(3));
    await see(3, 5);
    await room.disconnect(user, at(4));
    await see(4, 6);
    await room.disconnect(doctor, at(5));
    await see(5, 7);
    await see(304, 7);
    await see(305, 8);
    await room.end(at(306));
    await see(306, 8);
  });
}
