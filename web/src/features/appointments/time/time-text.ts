import { addDays, dateOf, offsetMinutes } from './zoned-day.ts';
import { offsetText } from './zone-name.ts';

const minute = 60_000;
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);

export function timeText(instant: number, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(instant);
}

/** Whether the same wall clock time comes twice around this instant, as in the night the clock is set back. */
export function isAmbiguous(instant: number, zone: string): boolean {
  const here = offsetMinutes(instant, zone);
  return [-180, 180].some((away) => {
    const there = offsetMinutes(instant + away * minute, zone);
    if (there === here) return false;
    const twin = instant + (here - there) * minute;
    return offsetMinutes(twin, zone) === there;
  });
}

/** The time, with its offset only where it would otherwise be said of two instants. */
export function exactTimeText(instant: number, zone: string, locale: string): string {
  const text = timeText(instant, zone, locale);
  return isAmbiguous(instant, zone) ? `${text} (${offsetText(offsetMinutes(instant, zone))})` : text;
}

export function rangeText(from: number, to: number, zone: string, locale: string): string {
  return `${exactTimeText(from, zone, locale)} – ${exactTimeText(to, zone, locale)}`;
}

const dayForms = {
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric' },
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DayForm = keyof typeof dayForms;

export function dayText(date: string, form: DayForm, locale: string): string {
  return new Intl.DateTimeFormat(locale, { ...dayForms[form], timeZone: 'UTC' }).format(noon(date));
}

/** 'Today', 'Tomorrow', 'Yesterday', or nothing for a day further off. */
export function nearDayText(date: string, now: number, zone: string, locale: string): string | null {
  const today = dateOf(now, zone);
  const distance = [-1, 0, 1].find((days) => addDays(today, days) === date);
  if (distance === undefined) return null;
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day');
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

export function instantText(instant: number, zone: string, locale: string): string {
  return `${dayText(dateOf(instant, zone), 'short', locale)}, ${exactTimeText(instant, zone, locale)}`;
}

function unitText(value: number, unit: 'day' | 'hour' | 'minute' | 'second', locale: string): string {
  const style = { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}

/** The two largest units that say something: '2 days 3 hr', '1 hr 5 min', '4 min', '45 sec'. */
export function lengthText(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const counted = [
    ['day', Math.floor(seconds / 86_400)],
    ['hour', Math.floor(seconds / 3600) % 24],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ] as const;
  const first = counted.findIndex(([, value]) => value > 0);
  if (first === -1) return unitText(0, 'second', locale);
  const named = counted.slice(first, first === 2 ? 3 : first + 2).filter(([, value]) => value > 0);
  return named.map(([unit, value]) => unitText(value, unit, locale)).join(' ');
}

/** A clock for the last minutes: '9:05'; '1:09:05' beyond an hour. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
