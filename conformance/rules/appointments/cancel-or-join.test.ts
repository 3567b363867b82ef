import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, on, show } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule, simultaneously, warmUp, within } from '../../src/rule.ts';
import { emulatorOf } from '../../src/twilio-room.ts';

const ROUNDS = 40;

type Winner = 'cancel' | 'join';
const OUTCOMES = {
  cancel: ['200', '409 appointment-cancelled'],
  join: ['409 invalid-transition', '200'],
};

function inWords(answer: Answer): string {
  return answer.status === 200 ? '200' : `${answer.status} ${answer.problem.code}`;
}

rule('appointments/cancel-or-join', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  /** One cancel and one join at once, on different replicas where there are two; tells who won. */
  async function race(appointment: Appointment, canceller: Person, joiner: Person, round: number): Promise<Winner> {
    const path = on(appointment);
    const cancel = () => canceller.send('cancelAppointment', { path, replica: round });
    const join = () => joiner.send('joinCall', { path, replica: round + 1 });
    const answers: Answer[] = await Promise.all(round % 2 === 0 ? [cancel(), join()] : [join(), cancel()]);
    const [cancelled, joined] = (round % 2 === 0 ? answers : answers.reverse()).map(inWords);
    const winner = cancelled === '200' ? 'cancel' : 'join';
    expect([cancelled, joined]).toEqual(OUTCOMES[winner]);
    return winner;
  }

  async function expectAftermath(appointment: Appointment, winner: Winner, person: Person): Promise<void> {
    for (const replica of [0, 1]) {
      const after = await person.send('getAppointment', { path: on(appointment), replica });
      if (winner === 'cancel') {
        expect(after.body).toMatchObject({ status: 'cancelled', call: appointment.call });
      } else {
        expect(after.body).toMatchObject({
          status: 'in_progress',
          cancelledAt: null,
          cancelledBy: null,
          cancelReason: null,
        });
        expect(after.body.call.participants).toHaveLength(1);
        expect(after.body.call.roomName).toEqual(expect.any(String));
      }
    }
  }

  test('lets one of a cancel and a first join succeed', async ({ target }) => {
    await warmUp(target, 2);
    for (const [round, minutes] of [2, 8].entries()) {
      const appointment = await book(user, doctor, { startsAt: fromNow({ minutes }), durationMinutes: 5 });
      await expectAftermath(appointment, await race(appointment, doctor, user, round), user);
    }
  });

  test('does so when two replicas are asked', { needs: ['replicas'] }, async ({ target }) => {
    await warmUp(target, 2);
    const [physician, patient] = await target.people('doctor', 'user');
    for (const [round, minutes] of [2, 8].entries()) {
      const appointment = await book(patient, physician, { startsAt: fromNow({ minutes }), durationMinutes: 5 });
      await expectAftermath(appointment, await race(appointment, physician, patient, round), patient);
    }
  });

  test('does so 40 times, whoever cancels and whoever joins', { needs: ['clock'] }, async ({ target }) => {
    await warmUp(target, 2);
    const first = fromNow({ hours: 1 });
    for (let round = 0; round < ROUNDS; round += 1) {
      const startsAt = later(first, { minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      const [one, two] =
        round % 4 < 2 ? [doctor.at(startsAt), user.at(startsAt)] : [user.at(startsAt), doctor.at(startsAt)];
      await expectAftermath(appointment, await race(appointment, one, two, round), two);
    }
  });

  test('lets one of many cancels succeed, or the joins', { needs: ['clock'] }, async ({ target }) => {
    await warmUp(target, 4);
    const first = fromNow({ hours: 6 });
    for (let round = 0; round < 10; round += 1) {
      const startsAt = later(first, { minutes: 5 * round });
      const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
      const path = on(appointment);
      const answers = await simultaneously<{ status: number }>(8, (index) => {
        const person = (index % 4 < 2 ? doctor : user).at(startsAt);
        const replica = index >> 1;
        return index % 2 === 0
          ? person.send('cancelAppointment', { path, replica })
          : person.send('joinCall', { path, replica });
      });
      const cancels = answers.filter((answer, index) => index % 2 === 0 && answer.status === 200).length;
      const joins = answers.filter((answer, index) => index % 2 === 1 && answer.status === 200).length;
      expect([
        [1, 0],
        [0, 4],
      ]).toContainEqual([cancels, joins]);
      expect((await show(user.at(startsAt), appointment)).status).toBe(cancels === 1 ? 'cancelled' : 'in_progress');
    }
  });

  test(
    'leaves no room of a call that was cancelled',
    { needs: ['clock', 'emulator'], lane: 'quiet' },
    async ({ target }) => {
      const control = emulatorOf(target);
      for (let round = 0; round < 2; round += 1) {
        const startsAt = later(fromNow({ hours: 8 }), { minutes: 5 * round });
        const appointment = await book(user, doctor, { startsAt, durationMinutes: 5 });
        const { id: after } = (await control.listRequests()).at(-1) ?? { id: 0 };
        const asked = async () => {
          const requests = await control.listRequests({ after });
          return requests.find(({ path, form }) => path === '/v1/Rooms' && form['UniqueName'] !== undefined);
        };
        await control.addFault({ on: 'request', kind: 'slow', ms: 1_500, body: 'UniqueName' });
        const joining = user.at(startsAt).send('joinCall', { path: on(appointment) });
        const { value: request } = await within(5, 'the request for a room', asked);
        const cancelled = await doctor.at(startsAt).send('cancelAppointment', { path: on(appointment), replica: 1 });
        const joined = await joining;
        const winner = cancelled.status === 200 ? 'cancel' : 'join';
        expect([inWords(cancelled), inWords(joined)]).toEqual(OUTCOMES[winner]);
        await expectAftermath(appointment, winner, user.at(startsAt));
        await within(15, 'the end of the room that nobody gets', async () => {
          const rooms = (await control.listRooms()).filter(({ name }) => name === request.form['UniqueName']);
          return (
            rooms.every(({ status }) => status === (winner === 'cancel' ? 'completed' : 'in-progress')) || undefined
          );
        });
      }
    },
  );
});
