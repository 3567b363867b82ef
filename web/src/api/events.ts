import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';
import { absoluteUrl, useBackends } from './backends.ts';
import type { StreamState } from './event-stream.ts';
import type { DuetEvent, EventOf, EventType } from './schema.ts';
import { useSession } from './session.ts';
import { shareEventStream } from './shared-stream.ts';

export type { DuetEvent, EventOf, EventType } from './schema.ts';

type Handler = (event: DuetEvent) => void;

const firstLoadMs = 2000;

const handlers = new Set<Handler>();
const resetHandlers = new Set<() => void>();
const state = ref<StreamState>('off');

/** Calls the handler for each such event of the current session, until the scope ends. */
export function onEvent<Type extends EventType>(types: Type | Type[], handler: (event: EventOf<Type>) => void): void {
  const wanted: readonly EventType[] = Array.isArray(types) ? types : [types];
  const chosen: Handler = (event) => {
    if (wanted.includes(event.event)) handler(event as EventOf<Type>);
  };
  handlers.add(chosen);
  onScopeDispose(() => handlers.delete(chosen));
}

/** Calls the handler when events may have been missed: load what you show afresh. Ends with the scope. */
export function onEventsReset(handler: () => void): void {
  resetHandlers.add(handler);
  onScopeDispose(() => resetHandlers.delete(handler));
}

/**
 * Loads what events keep true from then on: at first, and when some may have been missed. While the stream is being opened
 * the first load waits for that, since opening it asks for another: two seconds at most. Ends with the scope.
 */
export function loadBesideEvents(load: () => void): void {
  let isDue = true;
  const loadNow = (): void => {
    isDue = false;
    load();
  };
  const loadIfDue = (): void => {
    if (isDue) loadNow();
  };
  onEventsReset(loadNow);
  void whenLive().then(loadIfDue);
  const timer = setTimeout(loadIfDue, firstLoadMs);
  onScopeDispose(() => {
    isDue = false;
    clearTimeout(timer);
  });
}

/** How the event stream is; `whenLive` waits until nothing that happens from now on can be missed. */
export function useEventStream(): { state: Readonly<Ref<StreamState>>; whenLive(): Promise<void> } {
  return { state: readonly(state), whenLive };
}

function whenLive(): Promise<void> {
  return new Promise((resolve) => {
    const stop = watch(
      state,
      (now) => {
        if (now !== 'live') return;
        queueMicrotask(() => stop());
        resolve();
      },
      { immediate: true },
    );
  });
}

/** Keeps the stream of whoever is logged in, until the scope ends. To be called once, by the app. */
export function startEvents(): void {
  const backends = useBackends();
  const session = useSession();
  watch(
    () => (session.state === 'active' ? `${backends.current.id} ${session.token}` : null),
    (key, _before, onCleanup) => {
      if (key === null) return;
      const controller = new AbortController();
      onCleanup(() => {
        controller.abort();
        state.value = 'off';
      });
      open(controller.signal);
    },
    { immediate: true },
  );
}

function open(signal: AbortSignal): void {
  const session = useSession();
  const { current } = useBackends();
  const { record } = session;
  if (!record) return;
  const { id: backendId } = current;
  const whileOpen = <Given extends unknown[]>(work: (...given: Given) => void): ((...given: Given) => void) => {
    return (...given) => {
      if (!signal.aborted) work(...given);
    };
  };
  shareEventStream({
    name: `duet.stream.${backendId}.${record.id}`,
    url: absoluteUrl(current.url),
    token: record.token,
    signal,
    locks: navigator.locks as LockManager | undefined,
    openChannel: (name) => new BroadcastChannel(name),
    onState: whileOpen((now) => (state.value = now)),
    onReset: whileOpen(() => resetHandlers.forEach((handler) => handler())),
    onRefused: whileOpen(() => void session.renew(backendId, record.token)),
    onEvent: whileOpen((event) => {
      handlers.forEach((handler) => handler(event));
      if (event.event === 'session.revoked') session.tellRevoked(backendId, event.data.sessionIds);
    }),
  });
}
