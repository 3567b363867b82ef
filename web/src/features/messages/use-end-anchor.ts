import { useEventListener, useResizeObserver } from '@vueuse/core';
import { ref, type Ref } from 'vue';

const nearEnd = 48;
const nearStart = 240;

/**
 * For a scroller that is laid out from its end (flex-direction: column-reverse): what is added at the start moves
 * nothing by itself; what is added at the end must move nothing for somebody who reads further up.
 */
export function useEndAnchor(scroller: Ref<HTMLElement | null>, content: Ref<HTMLElement | null>, onStart: () => void) {
  const isAtEnd = ref(true);
  let newest: Element | null = null;
  let newestBottom = 0;

  const distanceToStart = (element: HTMLElement) => element.scrollHeight - element.clientHeight + element.scrollTop;

  function onScroll(): void {
    const element = scroller.value;
    if (!element) return;
    isAtEnd.value = element.scrollTop > -nearEnd;
    if (distanceToStart(element) < nearStart) onStart();
  }

  /** How far the element that was last has moved from the end is what was added behind it. */
  function onGrowth(): void {
    const element = scroller.value;
    const last = content.value?.lastElementChild ?? null;
    if (!element || !content.value) return;
    const end = content.value.getBoundingClientRect().bottom;
    if (newest?.isConnected && !isAtEnd.value) {
      const added = end - newest.getBoundingClientRect().bottom - newestBottom;
      if (added > 0) element.scrollTop -= added;
    }
    newest = last;
    newestBottom = last ? end - last.getBoundingClientRect().bottom : 0;
    if (element.scrollHeight <= element.clientHeight + nearStart) onStart();
  }

  function toEnd(): void {
    if (scroller.value) scroller.value.scrollTop = 0;
    isAtEnd.value = true;
  }

  useEventListener(scroller, 'scroll', onScroll, { passive: true });
  useResizeObserver(content, onGrowth);
  return { isAtEnd, toEnd };
}
