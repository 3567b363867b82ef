import { useNow } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef } from 'vue';
import { onEvent } from '../../api/events.ts';
import { observeEvent, unknownServerClock } from './server-clock.ts';

export type RunningServerClock = {
  /** The server's time in ms, moving on by the second. */
  now: ComputedRef<number>;
  /** How far it is ahead of this browser's clock, in ms. */
  offset: ComputedRef<number>;
  /** To be called with each join: the event that it causes tells the server's time. */
  expectOwnJoin(): void;
};

const eventIsFreshFor = 10_000;

export function useServerClock(accountId: string): RunningServerClock {
  const clock = shallowRef(unknownServerClock);
  const localNow = useNow({ interval: 1_000 });
  const offset = computed(() => clock.value.offset);
  let expectedUntil = 0;

  function observe(at: string, isOwn: boolean) {
    const receivedAt = Date.now();
    const isFresh = isOwn && receivedAt < expectedUntil;
    clock.value = observeEvent(clock.value, { at, receivedAt, isFresh });
  }

  onEvent(['call.participant-joined'], ({ data }) => observe(data.at, data.accountId === accountId));
  onEvent(['call.superseded'], ({ data }) => observe(data.at, true));
  onEvent(['call.started', 'call.participant-left', 'message.created'], ({ data }) => observe(data.at, false));

  return {
    now: computed(() => localNow.value.getTime() + offset.value),
    offset,
    expectOwnJoin() {
      expectedUntil = Date.now() + eventIsFreshFor;
    },
  };
}
