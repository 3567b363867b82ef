import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { callForResponse, useApi } from '../../api/client.ts';
import { onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Appointment } from './appointment.ts';
import { onAppointmentChanged } from './appointment-events.ts';
import { changesBetween, type Change } from './changes.ts';

/** One appointment, kept true by events, with the ETag of what is shown. */
export function useAppointment(appointmentId: string) {
  const { client } = useApi();
  const appointment = shallowRef<Appointment | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const isLoading = ref(true);
  const params = { path: { appointmentId } };
  let etag: string | null = null;
  let told = 0;
  let isEnded = false;

  const isMissing = computed(() => problem.value?.code === 'not-found' || problem.value?.code === 'validation-failed');

  function show(answer: { data: Appointment; etag: string | null }): void {
    appointment.value = answer.data;
    etag = answer.etag;
  }

  /** What an event told while the answer was under way is newer than the answer, which is then asked for again. */
  async function load(): Promise<void> {
    const before = told;
    isLoading.value = appointment.value === null;
    try {
      const answer = await callForResponse(client.GET('/v1/appointments/{appointmentId}', { params }));
      if (isEnded) return;
      if (before !== told) return await load();
      show(answer);
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    }
    isLoading.value = false;
  }

  /** Only if it is still what the person saw: otherwise what changed meanwhile comes back. */
  async function cancel(reason: string): Promise<Change[] | null> {
    const seen = appointment.value;
    const headers = etag ? { 'If-Match': etag } : {};
    const body = reason.trim() === '' ? {} : { reason };
    try {
      const request = client.POST('/v1/appointments/{appointmentId}/cancel', {
        params: { ...params, header: headers },
        body,
      });
      const answer = await callForResponse(request);
      told += 1;
      show(answer);
      return null;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'stale-version') throw error;
      await load();
      return seen && appointment.value ? changesBetween(seen, appointment.value) : [];
    }
  }

  onAppointmentChanged((changed) => {
    if (changed.id !== appointmentId) return;
    told += 1;
    appointment.value = changed;
    void load();
  });
  onEventsReset(() => void load());
  onScopeDispose(() => (isEnded = true));
  void load();
  return { appointment, problem, isLoading, isMissing, load, cancel };
}
