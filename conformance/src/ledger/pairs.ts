import { createPerson, type Person } from '../actors.ts';
import type { SuiteTarget } from '../target.ts';

/** Two people and the appointment they write about. */
export type Pair = { doctor: Person; user: Person; appointmentId: string };

const DAY = 86_400_000;

/**
 * Makes pairs of people, each with an appointment tomorrow.
 * @throws Error when the target refuses one of them, with its answer.
 */
export async function makePairs(target: SuiteTarget, count: number): Promise<Pair[]> {
  const made: Pair[] = [];
  for (let index = 0; index < count; index += 1) {
    const [doctor, user] = await Promise.all([createPerson(target, 'doctor'), createPerson(target, 'user')]);
    const startsAt = new Date(Date.now() + DAY).toISOString();
    const body = { doctorId: doctor.id, startsAt, durationMinutes: 60 };
    const booked = await user.send('createAppointment', { body });
    if (booked.status !== 201)
      throw new Error(`createAppointment answered ${booked.status} ${booked.text.slice(0, 200)}`);
    made.push({ doctor, user, appointmentId: booked.body.id });
  }
  return made;
}
