import { ref, shallowRef } from 'vue';
import { onEvent, onEventsReset } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useOutbox } from './outbox.ts';
import { readMessages } from './read-messages.ts';
import { emptyThread, withCreated, withMissed, withNewest, withOlder, type Thread } from './thread.ts';
import { useOverdue } from './use-overdue.ts';

const pageSize = 50;
const missedPageSize = 100;

/** The messages of one appointment: loaded from the newest upward, kept true by events. */
export function useThread(appointmentId: string) {
  const outbox = useOutbox();
  const thread = shallowRef<Thread>(emptyThread);
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const problem = shallowRef<ApiProblem | null>(null);
  const isLoadingOlder = ref(false);
  let catchingUp: Promise<void> | null = null;

  function show(changed: Thread): void {
    thread.value = changed;
    outbox.arrived(changed.items);
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      if (state.value === 'loading') state.value = 'failed';
    }
  }

  async function loadNewest(): Promise<void> {
    const page = await readMessages(appointmentId, { limit: pageSize });
    show(withNewest(thread.value, page));
    state.value = 'ready';
  }

  async function load(): Promise<void> {
    state.value = 'loading';
    await guarded(loadNewest);
  }

  async function loadOlder(): Promise<void> {
    const before = thread.value.items[0]?.id;
    if (!before || !thread.value.hasOlder || isLoadingOlder.value) return;
    isLoadingOlder.value = true;
    await guarded(async () => {
      const page = await readMessages(appointmentId, { before, limit: pageSize });
      show(withOlder(thread.value, page));
    });
    isLoadingOlder.value = false;
  }

  async function readMissed(): Promise<void> {
    const after = thread.value.anchorId;
    if (state.value !== 'ready' || after === null) return loadNewest();
    const page = await readMessages(appointmentId, { after, limit: missedPageSize });
    show(withMissed(thread.value, page));
    if (page.hasMore) await readMissed();
  }

  /** After a gap in the events: whatever follows the last message that is surely in its place. */
  function catchUp(): Promise<void> {
    catchingUp ??= guarded(readMissed).finally(() => (catchingUp = null));
    return catchingUp;
  }

  onEvent('message.created', ({ data }) => {
    if (data.message.appointmentId === appointmentId) show(withCreated(thread.value, data.message));
  });
  onEventsReset(() => void catchUp());
  useOverdue(appointmentId, () => void catchUp());
  void load();
  return { thread, state, problem, isLoadingOlder, load, loadOlder, catchUp };
}
