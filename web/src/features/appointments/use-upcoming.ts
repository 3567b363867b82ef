import { ref, shallowRef, watch, type Ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { compareAppointments, isUpcoming, type Appointment, type AppointmentStatus } from './appointment.ts';
import { onAppointmentChanged } from './appointment-events.ts';
import { emptyList, withItem, withPage, type CursorList } from './cursor-list.ts';

/** The longest appointment and the quarter of an hour after it: what began earlier than that is over. */
const mayStillRun = 135 * 60_000;
const pageSize = 50;

/** What is still to come or running, in order of time, page by page. */
export function useUpcoming(status: Ref<AppointmentStatus | null>) {
  const { client } = useApi();
  const list = shallowRef<CursorList<Appointment>>(emptyList());
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const isLoadingMore = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  let from = '';
  let turn = 0;

  const belongs = (appointment: Appointment) =>
    isUpcoming(appointment, Date.now()) && (status.value === null || appointment.status === status.value);

  function read(cursor: string | null) {
    const query = { from, limit: pageSize, ...(status.value && { status: status.value }), ...(cursor && { cursor }) };
    return call(client.GET('/v1/appointments', { params: { query } }));
  }

  async function show(page: Promise<CursorList<Appointment>>, base: CursorList<Appointment>): Promise<void> {
    const mine = turn;
    try {
      const loaded = await page;
      if (mine !== turn) return;
      list.value = withPage(base, loaded);
      state.value = 'ready';
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine !== turn) return;
      problem.value = error;
      if (state.value === 'loading') state.value = 'failed';
    }
  }

  async function load(): Promise<void> {
    turn += 1;
    from = new Date(Date.now() - mayStillRun).toISOString();
    await show(read(null), emptyList());
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || !list.value.nextCursor) return;
    isLoadingMore.value = true;
    await show(read(list.value.nextCursor), list.value);
    isLoadingMore.value = false;
  }

  onAppointmentChanged((appointment) => {
    list.value = withItem(list.value, appointment, compareAppointments, belongs(appointment));
  });
  onEventsReset(() => void load());
  watch(status, () => {
    state.value = 'loading';
    void load();
  });
  void load();
  return { list, state, problem, isLoadingMore, load, loadMore };
}
