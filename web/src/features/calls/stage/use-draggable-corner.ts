import { useEventListener, useLocalStorage } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { cornerTowards, nearestCorner, type Corner } from '../corner.ts';

type Element = Readonly<ShallowRef<HTMLElement | null>>;

const directionOf = (element: HTMLElement) => (getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr');

/** A box that is dragged, or moved by arrow keys, between the corners of its offset parent, and stays there. */
export function useDraggableCorner(element: Element): {
  corner: Ref<Corner>;
  isDragging: ComputedRef<boolean>;
  transform: ComputedRef<string>;
} {
  const corner = useLocalStorage<Corner>('duet.call.corner', 'bottom-end');
  const drag = shallowRef<{ fromX: number; fromY: number; x: number; y: number } | null>(null);

  useEventListener(element, 'pointerdown', (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.value?.setPointerCapture(event.pointerId);
    drag.value = { fromX: event.clientX, fromY: event.clientY, x: 0, y: 0 };
  });

  useEventListener(element, 'pointermove', (event: PointerEvent) => {
    if (!drag.value) return;
    const { fromX, fromY } = drag.value;
    drag.value = { fromX, fromY, x: event.clientX - fromX, y: event.clientY - fromY };
  });

  useEventListener(element, ['pointerup', 'pointercancel'], () => {
    const box = element.value;
    const area = box?.offsetParent;
    if (drag.value && box && area) {
      const place = area.getBoundingClientRect();
      const { left, top, width, height } = box.getBoundingClientRect();
      const centre = { x: left + width / 2 - place.left, y: top + height / 2 - place.top };
      corner.value = nearestCorner(centre, place, directionOf(box));
    }
    drag.value = null;
  });

  useEventListener(element, 'keydown', (event: KeyboardEvent) => {
    if (!element.value || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    corner.value = cornerTowards(corner.value, event.key, directionOf(element.value));
  });

  return {
    corner,
    isDragging: computed(() => drag.value !== null),
    transform: computed(() => (drag.value ? `translate(${drag.value.x}px, ${drag.value.y}px)` : '')),
  };
}
