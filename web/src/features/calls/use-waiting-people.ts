import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { loadBesideEvents, onEvent } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { afterCallEvent, waitingAmong, type WaitingPeople, type WaitingPerson } from './waiting-people.ts';

const longestCall = 135 * 60_000;
const lookAgainAfter = 20_000;

/** Who waits for this account in a call; `onArrived` is told of each one who comes. */
export function useWaitingPeople(
  accountId: string,
  onArrived: (person: WaitingPerson) => void,
): Readonly<ShallowRef<WaitingPeople>> {
  const { client } = useApi();
  const people = shallowRef<WaitingPeople>([]);

  function show(now: WaitingPeople): void {
    const before = people.value.map((person) => person.appointmentId);
    people.value = now;
    for (const person of now) if (!before.includes(person.appointmentId)) onArrived(person);
  }

  async function load(): Promise<void> {
    const from = new Date(Date.now() - longestCall).toISOString();
    try {
      const query = { status: 'in_progress', from, limit: 100 } as const;
      const { items } = await call(client.GET('/v1/appointments', { params: { query } }));
      show(waitingAmong(items, accountId));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error; // What was known stays shown; it is asked again.
    }
  }

  onEvent(
    [
      'call.started',
      'call.participant-joined',
      'call.participant-left',
      'call.ended',
      'appointment.updated',
      'appointment.cancelled',
    ],
    (event) => show(afterCallEvent(people.value, event, accountId)),
  );
  loadBesideEvents(() => void load());

  // One whose line went dead has left without an event.
  const looking = useIntervalFn(() => void load(), lookAgainAfter, { immediate: false });
  watch(people, (now) => (now.length > 0 ? looking.resume() : looking.pause()));

  return people;
}
