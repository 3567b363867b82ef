import { dayEnd, dayStart, wallClock } from '../appointments/time/zoned-day.ts';
import { overlaps, type Span } from './spans.ts';

const minute = 60_000;
const longestMinutes = 120;
const shortestMinutes = 5;
const aheadLimit = 365 * 24 * 60 * minute;

export const lengths = [5, 10, 15, 20, 30, 45, 60, 90, 120] as const;

export type SlotState = 'free' | 'busy' | 'mine';
export type Slot = { startsAt: number; state: SlotState; freeMinutes: number };
export type PartOfDay = 'night' | 'morning' | 'afternoon' | 'evening';
export type Agenda = { now: number; busy: Span[]; mine: Span[] };

/** Whole steps of five minutes that are free from there on. */
export function freeMinutesFrom(start: number, { busy, mine }: Agenda): number {
  const taken = [...busy, ...mine];
  if (taken.some((span) => span.start <= start && start < span.end)) return 0;
  const next = Math.min(...taken.filter((span) => span.start > start).map((span) => span.start));
  const free = Math.min((next - start) / minute, longestMinutes);
  return Math.floor(free / shortestMinutes) * shortestMinutes;
}

function slotAt(startsAt: number, agenda: Agenda): Slot {
  const freeMinutes = freeMinutesFrom(startsAt, agenda);
  if (freeMinutes > 0) return { startsAt, state: 'free', freeMinutes };
  const shortest = { start: startsAt, end: startsAt + shortestMinutes * minute };
  const isMine = agenda.mine.some((span) => overlaps(span, shortest));
  return { startsAt, state: isMine ? 'mine' : 'busy', freeMinutes: 0 };
}

/** What can still be begun on that day. Steps are of real time, so a day of 23 or 25 hours has fewer or more of them. */
export function slotsOfDay(date: string, zone: string, agenda: Agenda, stepMinutes = 15): Slot[] {
  const end = dayEnd(date, zone);
  const slots: Slot[] = [];
  for (let start = dayStart(date, zone); start < end; start += stepMinutes * minute) {
    if (start >= agenda.now && start <= agenda.now + aheadLimit) slots.push(slotAt(start, agenda));
  }
  return slots;
}

/** The next five-minute mark, half a minute from now at least, from which there is time enough. */
export function earliestStart(agenda: Agenda, minutes: number, until: number): number | null {
  const step = shortestMinutes * minute;
  for (let start = Math.ceil((agenda.now + minute / 2) / step) * step; start < until; start += step) {
    if (freeMinutesFrom(start, agenda) >= minutes) return start;
  }
  return null;
}

export function partOfDay(instant: number, zone: string): PartOfDay {
  const { hour } = wallClock(instant, zone);
  if (hour < 7) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

export function slotsByPart(slots: Slot[], zone: string): { part: PartOfDay; slots: Slot[] }[] {
  const parts: PartOfDay[] = ['night', 'morning', 'afternoon', 'evening'];
  return parts
    .map((part) => ({ part, slots: slots.filter((slot) => partOfDay(slot.startsAt, zone) === part) }))
    .filter((group) => group.slots.length > 0);
}

/** The length last chosen where it fits, else the longest usual one that does. */
export function fittingLength(wanted: number, freeMinutes: number): number {
  if (wanted <= freeMinutes) return wanted;
  return lengths.findLast((length) => length <= freeMinutes) ?? shortestMinutes;
}
