import { ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useNotices } from '../../shell/notices.ts';
import type { Appointment } from './appointment.ts';

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // Safari reads it after the click has returned.
}

/** The appointment as a file that calendars take. */
export function useCalendarFile() {
  const { tellProblem } = useNotices();
  const isLoading = ref(false);

  async function download({ id, startsAt }: Appointment): Promise<void> {
    isLoading.value = true;
    try {
      const params = { path: { appointmentId: id } };
      const { client } = useApi();
      const text = await call(client.GET('/v1/appointments/{appointmentId}/calendar', { params, parseAs: 'text' }));
      save(text, `duet-${startsAt.slice(0, 10)}.ics`);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tellProblem(error);
    } finally {
      isLoading.value = false;
    }
  }

  return { isLoading, download };
}
