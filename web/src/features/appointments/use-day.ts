import { ref, shallowRef, watch, type Ref } from 'vue';
import { useApi } from '../../api/client.ts';
import { onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { compareAppointments, type Appointment } from './appointment.ts';
import { onAppointmentChanged } from './appointment-events.ts';
import { readSpan } from './read-span.ts';
import { dayEnd, dayStart } from './time/zoned-day.ts';

const longest = 120 * 60_000;

/** All appointments of a day of the zone, with the one that runs into it from the day before. */
export function useDay(date: Ref<string>, zone: Ref<string>) {
  const { client } = useApi();
  const items = shallowRef<Appointment[]>([]);
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const problem = shallowRef<ApiProblem | null>(null);
  let turn = 0;

  function isOfTheDay(appointment: Appointment): boolean {
    const startsBeforeItsEnd = Date.parse(appointment.startsAt) < dayEnd(date.value, zone.value);
    return startsBeforeItsEnd && Date.parse(appointment.endsAt) > dayStart(date.value, zone.value);
  }

  async function load(): Promise<void> {
    turn += 1;
    const mine = turn;
    const from = new Date(dayStart(date.value, zone.value) - longest).toISOString();
    const to = new Date(dayEnd(date.value, zone.value)).toISOString();
    try {
      const read = await readSpan(client, { from, to });
      if (mine !== turn) return;
      items.value = read.filter(isOfTheDay);
      state.value = 'ready';
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine !== turn) return;
      problem.value = error;
      if (state.value === 'loading') state.value = 'failed';
    }
  }

  function show(changed: Appointment): void {
    const others = items.value.filter((appointment) => appointment.id !== changed.id);
    items.value = isOfTheDay(changed) ? [...others, changed].sort(compareAppointments) : others;
  }

  onAppointmentChanged(show);
  onEventsReset(() => void load());
  watch([date, zone], () => {
    items.value = [];
    state.value = 'loading';
    void load();
  });
  void load();
  return { items, state, problem, load };
}
