import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { onAppointmentChanged } from '../appointments/appointment-events.ts';
import { readSpan } from '../appointments/read-span.ts';
import { spanOf, type Span } from './spans.ts';

/** Nobody tells when strangers book, so an open page asks again. */
const askAgainEvery = 30_000;
const longestAppointment = 120 * 60_000;

const iso = (instant: number) => new Date(instant).toISOString();

/** When a doctor is busy, and when one is oneself, within a span of at most 31 days. */
export function useAgenda(doctorId: Ref<string>, span: Ref<Span>) {
  const session = useSession();
  const { client } = useApi();
  const visibility = useDocumentVisibility();
  const busy = shallowRef<Span[]>([]);
  const mine = shallowRef<Span[]>([]);
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const problem = shallowRef<ApiProblem | null>(null);
  const readAt = ref<number | null>(null);
  let turn = 0;

  const isOwnAgenda = computed(() => doctorId.value === session.account?.id);

  async function readBusy(): Promise<Span[]> {
    const query = { from: iso(span.value.start), to: iso(span.value.end) };
    const params = { path: { doctorId: doctorId.value }, query };
    const { items } = await call(client.GET('/v1/doctors/{doctorId}/busy-times', { params }));
    return items.map(spanOf);
  }

  async function readMine(): Promise<Span[]> {
    const from = iso(span.value.start - longestAppointment);
    const own = await readSpan(client, { from, to: iso(span.value.end) });
    return own.filter((appointment) => appointment.status !== 'cancelled').map(spanOf);
  }

  async function load(): Promise<void> {
    turn += 1;
    const thisTurn = turn;
    try {
      const [readBusyTimes, readOwn] = await Promise.all([readBusy(), readMine()]);
      if (thisTurn !== turn) return;
      busy.value = isOwnAgenda.value ? [] : readBusyTimes;
      mine.value = readOwn;
      state.value = 'ready';
      problem.value = null;
      readAt.value = Date.now();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (thisTurn !== turn) return;
      problem.value = error;
      if (state.value === 'loading') state.value = 'failed';
    }
  }

  onAppointmentChanged(() => void load());
  onEventsReset(() => void load());
  useIntervalFn(() => visibility.value === 'visible' && void load(), askAgainEvery);
  watch(visibility, (now) => now === 'visible' && void load());
  watch([doctorId, () => span.value.start, () => span.value.end], () => {
    state.value = 'loading';
    void load();
  });
  void load();
  return { busy, mine, state, problem, readAt, load };
}
