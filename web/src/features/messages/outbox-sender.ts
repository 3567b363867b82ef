import { computed, onScopeDispose, ref, type Ref } from 'vue';
import { afterSending, nextToSend, retryWait, type OutboxEntry, type SendOutcome } from './outbox-entries.ts';

type Post = {
  owner: Ref<string | null>;
  read(): OutboxEntry[];
  update(change: (kept: OutboxEntry[]) => OutboxEntry[]): void;
  attempt(entry: OutboxEntry): Promise<SendOutcome>;
};

/** One tab sends at a time; without locks the clientId alone keeps doubles away. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, work);
  else await work();
}

/** Sends what waits, one after the other; after a failure again and again, at growing intervals. */
export function createSender({ owner, read, update, attempt }: Post) {
  const failures = ref(0);
  const isFailing = computed(() => failures.value > 0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function sendAll(of: string): Promise<void> {
    for (let entry = nextToSend(read()); entry && owner.value === of; entry = nextToSend(read())) {
      const outcome = await attempt(entry);
      if (owner.value !== of) return;
      if (outcome.kind === 'again') return retryLater();
      const { clientId } = entry;
      failures.value = 0;
      update((kept) => afterSending(kept, clientId, outcome));
    }
  }

  function retryLater(): void {
    failures.value += 1;
    clearTimeout(timer);
    timer = setTimeout(flush, retryWait(failures.value));
  }

  function flush(): void {
    clearTimeout(timer);
    const of = owner.value;
    if (of && nextToSend(read())) void alone(`duet.outbox.${of}`, () => sendAll(of));
  }

  onScopeDispose(() => clearTimeout(timer));
  return { isFailing, flush };
}
