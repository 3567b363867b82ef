/** Days and offsets of IANA time zones, from Intl alone. A date is 'YYYY-MM-DD', an instant is milliseconds. */

const minute = 60_000;
const day = 24 * 60 * minute;
const formats = new Map<string, Intl.DateTimeFormat>();

export type WallClock = { date: string; hour: number; minute: number };

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-CA', { ...options, second: '2-digit', hourCycle: 'h23', timeZone: zone });
  formats.set(zone, format);
  return format;
}

function partsOf(instant: number, zone: string): Record<string, string> {
  return Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
}

export function wallClock(instant: number, zone: string): WallClock {
  const parts = partsOf(instant, zone);
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
  };
}

export function dateOf(instant: number, zone: string): string {
  return wallClock(instant, zone).date;
}

/** Minutes east of UTC at this instant. */
export function offsetMinutes(instant: number, zone: string): number {
  const parts = partsOf(instant, zone);
  const asUtc = Date.parse(
    `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`,
  );
  return Math.round((asUtc - Math.floor(instant / 1000) * 1000) / minute);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** The first instant of the date: midnight, or what comes instead where the clock skips midnight. */
export function dayStart(date: string, zone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const offsets = [midnight - day, midnight + day].map((near) => offsetMinutes(near, zone));
  const candidates = offsets.map((offset) => midnight - offset * minute).sort((a, b) => a - b);
  return candidates.find((candidate) => dateOf(candidate, zone) === date) ?? candidates[0] ?? midnight;
}

export function dayEnd(date: string, zone: string): number {
  return dayStart(addDays(date, 1), zone);
}

/** 24, save on a day that the clock is changed. */
export function dayHours(date: string, zone: string): number {
  return (dayEnd(date, zone) - dayStart(date, zone)) / (60 * minute);
}

export function isDate(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(instant) && addDays(text, 0) === text;
}
