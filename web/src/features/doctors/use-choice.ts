import { computed, ref, watch, type Ref } from 'vue';
import { fittingLength, freeMinutesFrom, type Agenda } from './slots.ts';

/** The start and length that somebody has chosen; a start that is no longer free is let go, save while it is being booked. */
export function useChoice(agenda: Ref<Agenda>, isBooking: Ref<boolean>) {
  const startsAt = ref<number | null>(null);
  const wanted = ref(30);

  const freeMinutes = computed(() => (startsAt.value === null ? 0 : freeMinutesFrom(startsAt.value, agenda.value)));
  const minutes = computed({
    get: () => fittingLength(wanted.value, freeMinutes.value),
    set: (length) => (wanted.value = length),
  });
  const isGone = ref(false);

  function choose(start: number | null): void {
    startsAt.value = start;
    isGone.value = false;
  }

  watch(freeMinutes, (free) => {
    if (startsAt.value === null || free > 0 || isBooking.value) return;
    startsAt.value = null;
    isGone.value = true;
  });
  return { startsAt, minutes, freeMinutes, isGone, choose };
}
