import { useWakeLock as useLock } from '@vueuse/core';
import { tryOnScopeDispose } from '@vueuse/core';
import { type ComputedRef, computed, type MaybeRefOrGetter, type Ref, toValue, watch } from 'vue';

/** Keeps the screen awake while it is wanted; the lock that a hidden page loses is taken again when it is seen. */
export function useWakeLock(wanted: MaybeRefOrGetter<boolean>): {
  isSupported: ComputedRef<boolean>;
  isActive: Readonly<Ref<boolean>>;
} {
  const lock = useLock();
  let turn = Promise.resolve();

  async function settle(): Promise<void> {
    try {
      await (toValue(wanted) ? lock.request('screen') : lock.release());
    } catch (error) {
      // A battery saver or a policy may refuse; the call goes on and the screen dims as usual.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  watch(
    () => toValue(wanted),
    () => void (turn = turn.then(settle)),
    { immediate: true },
  );
  tryOnScopeDispose(() => void (turn = turn.then(() => lock.release())));
  return { isSupported: computed(() => lock.isSupported.value), isActive: lock.isActive };
}
