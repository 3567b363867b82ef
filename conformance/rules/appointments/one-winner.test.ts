import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import type { Appointment } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { measure, rule, simultaneously, type TestTarget, warmUp } from '../../src/rule.ts';

/** Of the plain case, and of its variation: what the locks do is the same in both. */
const [ROUNDS, FEWER_ROUNDS] = [50, 15];
const ROUNDS_ON_TWO = 5;
const CALLERS = 20;
const BOUND_MS = 2_000;

type Caller = { person: Person; counterpart: { doctorId: string } | { userId: string } };

/** All begin within 15 minutes and last 30, so any two of them overlap. */
function bookingOf(caller: Caller, index: number, hour: string): object {
  return { ...caller.counterpart, startsAt: later(hour, { minutes: (index % 4) * 5 }), durationMinutes: 30 };
}

async function oneRound(callers: Caller[], hour: string): Promise<{ winner: Appointment; slowest: number }> {
  const answers = await simultaneously(CALLERS, (index) => {
    const caller = callers[index % callers.length] as Caller;
    return caller.person.send('createAppointment', { body: bookingOf(caller, index, hour), replica: index });
  });
  const won = answers.filter((answer) => answer.status === 201);
  expect(won.length, tally(answers)).toBe(1);
  for (const lost of answers.filter((answer) => answer.status !== 201)) expect(lost).toBeProblem(409, 'slot-taken');
  return { winner: (won[0] as Answer<Appointment>).body, slowest: Math.max(...answers.map((answer) => answer.ms)) };
}

function tally(answers: Answer[]): string {
  return answers
    .map((answer) => `${answer.status} ${answer.problem?.code ?? ''}`.trim())
    .sort()
    .join(', ');
}

async function manyRounds(
  target: TestTarget,
  callersOf: (round: number) => Caller[],
  first: string,
  rounds: number,
): Promise<Appointment[]> {
  await warmUp(target, CALLERS);
  const winners: Appointment[] = [];
  let slowest = 0;
  for (let round = 0; round < rounds; round += 1) {
    const result = await oneRound(callersOf(round), later(first, { hours: round }));
    winners.push(result.winner);
    slowest = Math.max(slowest, result.slowest);
  }
  measure('slowest of the simultaneous bookings', slowest, { bound: BOUND_MS });
  expect(slowest).toBeLessThan(BOUND_MS);
  return winners;
}

/** What the person has from an instant on, in its order. */
async function idsFrom(person: Person, from: string): Promise<string[]> {
  const list = await person.send('listAppointments', { query: { from, limit: 100 } });
  expect(list.body.nextCursor).toBeNull();
  return list.body.items.map((item) => item.id);
}

rule('appointments/one-winner', ({ test, people }) => {
  const doctors = people('doctor', 'doctor', 'doctor', 'doctor', 'doctor');
  // Four at a time: two dozen password hashes at once would say more of the machine than of the rule.
  const users: Person[] = Array.from({ length: CALLERS / 4 }, () => people('user', 'user', 'user', 'user')).flat();

  test('lets one of 20 users have a doctor, 50 times', { lane: 'quiet' }, async ({ target }) => {
    const first = fromNow({ days: 2 });
    const [doctor] = doctors;
    const callers = users.map((person): Caller => ({ person, counterpart: { doctorId: doctor.id } }));
    const winners = await manyRounds(target, () => callers, first, ROUNDS);
    expect(await idsFrom(doctor, first)).toEqual(winners.map((winner) => winner.id));
    const busy = await doctor.send('listBusyTimes', {
      path: { doctorId: doctor.id },
      query: { from: first, to: later(first, { hours: ROUNDS }) },
    });
    expect(busy.body.items).toMatchObject(winners.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })));
  });

  test('does so when two replicas are asked, 5 times', { lane: 'quiet', needs: ['replicas'] }, async ({ target }) => {
    const [, doctor] = doctors;
    const callers = users.map((person): Caller => ({ person, counterpart: { doctorId: doctor.id } }));
    await manyRounds(target, () => callers, fromNow({ days: 6 }), ROUNDS_ON_TWO);
  });

  test('lets a user have one of several doctors, 15 times', { lane: 'quiet' }, async ({ target }) => {
    const first = fromNow({ days: 10 });
    const [user] = users as [Person];
    const callers = doctors.flatMap((doctor): Caller[] => [
      { person: user, counterpart: { doctorId: doctor.id } },
      { person: doctor, counterpart: { userId: user.id } },
    ]);
    const winners = await manyRounds(target, () => callers, first, FEWER_ROUNDS);
    expect(await idsFrom(user, first)).toEqual(winners.map((winner) => winner.id));
    const ofDoctors = await Promise.all(doctors.map((doctor) => idsFrom(doctor, first)));
    expect(ofDoctors.flat().sort()).toEqual(winners.map((winner) => winner.id).sort());
  });

  test('keeps chains of shared doctors and users free of deadlocks', { lane: 'quiet' }, async ({ target }) => {
    const startsAt = fromNow({ days: 20 });
    await warmUp(target, CALLERS);
    for (let round = 0; round < 10; round += 1) {
      const slot = { startsAt: later(startsAt, { hours: round }), durationMinutes: 30 };
      const pairs = Array.from({ length: CALLERS }, (_, index) => ({
        doctor: doctors[index % 5] as Person,
        user: users[(index + Math.floor(index / 5)) % 5] as Person,
      }));
      const answers = await simultaneously(CALLERS, (index) => {
        const { doctor, user } = pairs[index] as (typeof pairs)[number];
        const byUser = { ...slot, doctorId: doctor.id };
        const byDoctor = { ...slot, userId: user.id };
        return index % 2 === 0
          ? user.send('createAppointment', { body: byUser, replica: index })
          : doctor.send('createAppointment', { body: byDoctor, replica: index });
      });
      const won = answers.filter((answer) => answer.status === 201).map((answer) => answer.body);
      const busy = won.flatMap((appointment) => [appointment.doctor.id, appointment.user.id]);
      expect(new Set(busy).size, `somebody twice: ${tally(answers)}`).toBe(busy.length);
      for (const [index, answer] of answers.entries()) {
        if (answer.status === 201) continue;
        expect(answer).toBeProblem(409, 'slot-taken');
        const { doctor, user } = pairs[index] as (typeof pairs)[number];
        expect(busy.includes(doctor.id) || busy.includes(user.id), 'refused although both were free').toBe(true);
      }
    }
  });
});
