import { ref, watch, type Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';

/** Asks before another page is opened while one is in a call. */
export function useLeaveGuard(isBusy: () => boolean, leave: () => Promise<void>): { isOpen: Ref<boolean>; go(): void } {
  const isOpen = ref(false);
  let decide: (mayGo: boolean) => void = () => undefined;

  function ask(): Promise<boolean> | true {
    if (!isBusy()) return true;
    isOpen.value = true;
    return new Promise((resolve) => {
      decide = resolve;
    });
  }

  async function go(): Promise<void> {
    const mayGo = decide;
    decide = () => undefined;
    isOpen.value = false;
    await leave();
    mayGo(true);
  }

  watch(isOpen, (open) => {
    if (!open) decide(false);
  });
  onBeforeRouteLeave(ask);
  onBeforeRouteUpdate((to, from) => (to.path === from.path ? true : ask()));

  return { isOpen, go: () => void go() };
}
