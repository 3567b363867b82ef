import type { Appointment } from './appointment.ts';
import { wallClock, dayEnd, dayStart } from './time/zoned-day.ts';

const hour = 60 * 60_000;
const usualFirst = 8;
const usualLast = 18;

export type Placed = { appointment: Appointment; top: number; height: number; isBeside: boolean };
export type Schedule = { start: number; end: number; hours: number[]; placed: Placed[] };
type Options = { date: string; zone: string; isWhole: boolean; now: number };

function timesOf(appointment: Appointment) {
  return { start: Date.parse(appointment.startsAt), end: Date.parse(appointment.endsAt) };
}

/** From the first hour to the last that matter: the usual ones, all appointments, and now. */
function shownSpan(appointments: Appointment[], { date, zone, isWhole, now }: Options) {
  const start = dayStart(date, zone);
  const end = dayEnd(date, zone);
  if (isWhole) return { start, end };
  const all = Array.from({ length: Math.ceil((end - start) / hour) }, (_, index) => start + index * hour);
  const needed = all.filter((from) => {
    const local = wallClock(from, zone).hour;
    const isTaken = appointments.some((item) => timesOf(item).start < from + hour && timesOf(item).end > from);
    return isTaken || (local >= usualFirst && local < usualLast) || (now >= from && now < from + hour);
  });
  return { start: needed[0] ?? start, end: Math.min((needed.at(-1) ?? end) + hour, end) };
}

/** Places are shares of the shown span in real time, so an hour that comes twice has room for both. */
export function scheduleOf(appointments: Appointment[], options: Options): Schedule {
  const { start, end } = shownSpan(appointments, options);
  const active = appointments.filter((item) => item.status !== 'cancelled');
  const placed = appointments.map((appointment) => {
    const times = timesOf(appointment);
    const from = Math.max(times.start, start);
    const isBeside =
      appointment.status === 'cancelled' &&
      active.some((other) => timesOf(other).start < times.end && timesOf(other).end > times.start);
    const share = (length: number) => (length / (end - start)) * 100;
    return { appointment, top: share(from - start), height: share(Math.min(times.end, end) - from), isBeside };
  });
  const hours = Array.from({ length: Math.ceil((end - start) / hour) }, (_, index) => start + index * hour);
  return { start, end, hours, placed };
}
