import { ref, shallowRef } from 'vue';
import { useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import type { Appointment, Profile } from '../appointments/appointment.ts';
import { otherPerson } from '../appointments/appointment.ts';
import { readSpan } from '../appointments/read-span.ts';

const yearAhead = 366 * 24 * 60 * 60_000;

/** Each person once, whoever one met last first. */
export function knownPeople(appointments: Appointment[], accountId: string): Profile[] {
  const people = new Map<string, Profile>();
  for (const appointment of appointments.toReversed()) {
    const person = otherPerson(appointment, accountId);
    if (!people.has(person.id)) people.set(person.id, person);
  }
  return [...people.values()];
}

/** Whom a doctor may book for: the users of earlier appointments. */
export function useKnownPeople() {
  const session = useSession();
  const { client } = useApi();
  const people = shallowRef<Profile[]>([]);
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const problem = shallowRef<ApiProblem | null>(null);

  async function load(): Promise<void> {
    const { account } = session;
    if (!account) return;
    state.value = 'loading';
    try {
      const to = new Date(Date.now() + yearAhead).toISOString();
      people.value = knownPeople(await readSpan(client, { from: account.createdAt, to }), account.id);
      state.value = 'ready';
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      state.value = 'failed';
    }
  }

  void load();
  return { people, state, problem, load };
}
