import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useApi } from '../../api/client.ts';
import { onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { compareAppointments, isUpcoming, type Appointment, type AppointmentStatus } from './appointment.ts';
import { onAppointmentChanged } from './appointment-events.ts';
import { windowBefore } from './past-windows.ts';
import { readSpan } from './read-span.ts';

const enough = 20;

/** What is over, the newest first. Nothing of an account is older than the account. */
export function usePast(status: Ref<AppointmentStatus | null>) {
  const session = useSession();
  const { client } = useApi();
  const items = shallowRef<Appointment[]>([]);
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const isLoadingMore = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  const readTo = ref(0);
  let turn = 0;

  const earliest = computed(() => Date.parse(session.account?.createdAt ?? new Date().toISOString()));
  const hasMore = computed(() => readTo.value > earliest.value);
  const belongs = (appointment: Appointment) =>
    !isUpcoming(appointment, Date.now()) && (status.value === null || appointment.status === status.value);

  /** Window by window until there is a page worth showing, or no more. */
  async function readOn(mine: number, found = 0, emptyOnes = 0): Promise<void> {
    const window = windowBefore(readTo.value, earliest.value, emptyOnes);
    if (!window || found >= enough) return;
    const span = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
    const read = await readSpan(client, { ...span, ...(status.value && { status: status.value }) });
    if (mine !== turn) return;
    const fresh = read.filter(belongs).reverse();
    items.value = [...items.value, ...fresh];
    readTo.value = window.from;
    await readOn(mine, found + fresh.length, fresh.length === 0 ? emptyOnes + 1 : 0);
  }

  async function guarded(mine: number): Promise<void> {
    try {
      await readOn(mine);
      if (mine === turn) problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine === turn) problem.value = error;
    }
    if (mine === turn) state.value = problem.value && items.value.length === 0 ? 'failed' : 'ready';
  }

  async function load(): Promise<void> {
    turn += 1;
    items.value = [];
    state.value = 'loading';
    readTo.value = Date.now();
    await guarded(turn);
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || state.value === 'loading') return;
    isLoadingMore.value = true;
    await guarded(turn);
    isLoadingMore.value = false;
  }

  onAppointmentChanged((changed) => {
    const others = items.value.filter((appointment) => appointment.id !== changed.id);
    const isLoaded = Date.parse(changed.startsAt) >= readTo.value;
    const shown = belongs(changed) && isLoaded ? [...others, changed] : others;
    items.value = shown.sort((one, other) => compareAppointments(other, one));
  });
  onEventsReset(() => void load());
  watch(status, () => void load());
  void load();
  return { items, state, problem, hasMore, isLoadingMore, load, loadMore };
}
