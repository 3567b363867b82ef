import { createPerson, type Person as SuitePerson } from '../src/actors.ts';
import type { Answer } from '../src/driver/answer.ts';
import type { SuiteTarget } from '../src/target.ts';
import type { Person, World } from './k6/scenarios/order.ts';
import { makeParts, worldsOf, type Api } from './k6/scenarios/worlds.ts';

/**
 * Makes the people and appointments of so many virtual users through the API of a target, and keeps the answers that load
 * is compared with; all of them were judged against the contract on their way.
 * @throws Error when a request is refused
 */
export async function makeWorlds(target: SuiteTarget, virtualUsers: number): Promise<World[]> {
  return worldsOf(await makeParts(apiOf(target), virtualUsers));
}

function apiOf(target: SuiteTarget): Api {
  const people = new Map<string, SuitePerson>();
  const known = ({ id }: Person): SuitePerson => {
    const person = people.get(id);
    if (!person) throw new Error(`the world cannot be made: nobody is ${id}`);
    return person;
  };
  return {
    async enter(role) {
      const person = await createPerson(target, role, role === 'doctor' ? { specialty: 'Cardiology' } : {});
      people.set(person.id, person);
      const { id, email, password, token } = person;
      return { id, email, password, token: token ?? '' };
    },
    async book(user, body) {
      return expectStatus(await known(user).send('createAppointment', { body }), 201).body.id;
    },
    async getAppointment(user, appointmentId) {
      return expectStatus(await known(user).send('getAppointment', { path: { appointmentId } }), 200).text;
    },
    async listAppointments(user, limit) {
      return expectStatus(await known(user).send('listAppointments', { query: { limit } }), 200).text;
    },
  };
}

function expectStatus<Body>(answer: Answer<Body>, status: number): Answer<Body> {
  if (answer.status === status) return answer;
  throw new Error(`the world cannot be made: ${answer.status} ${answer.text.slice(0, 200)}`);
}
