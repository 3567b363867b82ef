import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { formatLocale } from './format-locale.ts';
import { dateOf } from './zoned-day.ts';
import { dayText, exactTimeText, instantText, lengthText, nearDayText, rangeText, type DayForm } from './time-text.ts';
import { useZone } from './use-zone.ts';
import { zoneName } from './zone-name.ts';

const instantOf = (time: string | number) => (typeof time === 'number' ? time : Date.parse(time));

/** Times in words, in the language and zone of who reads them. */
export function useTimeText() {
  const { locale: language } = useI18n();
  const locale = computed(() => formatLocale(language.value, navigator.languages));
  const { zone } = useZone();

  function day(date: string, form: DayForm): string {
    return dayText(date, form, locale.value);
  }

  return {
    zone,
    locale,
    day,
    dateOf: (time: string | number) => dateOf(instantOf(time), zone.value),
    time: (time: string | number) => exactTimeText(instantOf(time), zone.value, locale.value),
    range: (from: string | number, to: string | number) =>
      rangeText(instantOf(from), instantOf(to), zone.value, locale.value),
    instant: (time: string | number) => instantText(instantOf(time), zone.value, locale.value),
    length: (milliseconds: number) => lengthText(milliseconds, locale.value),
    /** 'Today', 'Tomorrow', else the day itself. */
    nearDay: (date: string, now: number, form: DayForm = 'long') =>
      nearDayText(date, now, zone.value, locale.value) ?? day(date, form),
    zoneAt: (time: string | number) => zoneName(zone.value, instantOf(time), locale.value),
  };
}
