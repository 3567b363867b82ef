import { computed, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { addDays, dateOf, dayEnd, dayStart, isDate } from '../appointments/time/zoned-day.ts';

const daysShown = 7;
const daysAhead = 365;

/** The day that is looked at and the seven around it, kept in the address so that a link leads there. */
export function useShownDay(zone: Ref<string>, now: Ref<number>) {
  const route = useRoute();
  const router = useRouter();

  const today = computed(() => dateOf(now.value, zone.value));
  const last = computed(() => addDays(today.value, daysAhead));
  const clamp = (date: string) => (date < today.value ? today.value : date > last.value ? last.value : date);
  const date = computed(() => {
    const asked = String(route.query['date'] ?? '');
    return isDate(asked) ? clamp(asked) : today.value;
  });
  /** Weeks are counted from today, so that a week never begins with days that are over. */
  const first = computed(() => {
    const distance = Math.round((Date.parse(date.value) - Date.parse(today.value)) / 86_400_000);
    return addDays(today.value, Math.floor(distance / daysShown) * daysShown);
  });
  const dates = computed(() => Array.from({ length: daysShown }, (_, index) => addDays(first.value, index)));
  const span = computed(() => ({
    start: dayStart(first.value, zone.value),
    end: dayEnd(dates.value.at(-1) ?? first.value, zone.value),
  }));

  function show(wanted: string): void {
    if (isDate(wanted)) void router.replace({ query: { ...route.query, date: clamp(wanted) } });
  }

  return {
    today,
    last,
    date,
    dates,
    span,
    show,
    turn: (weeks: number) => show(addDays(first.value, weeks * daysShown)),
  };
}
