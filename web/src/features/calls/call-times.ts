import { otherPerson, type Appointment } from '../appointments/appointment.ts';

const minute = 60_000;
const closesAfter = 15 * minute;

export const closesAt = (appointment: Appointment) => Date.parse(appointment.endsAt) + closesAfter;

/** Since when both could have been together: the instant from which one waits for the other. */
export function waitingSince(appointment: Appointment, accountId: string): number | null {
  const mine = participantOf(appointment, accountId);
  if (!mine) return null;
  const othersLeave = participantOf(appointment, otherPerson(appointment, accountId).id)?.leftAt ?? null;
  const joined = Date.parse(mine.joinedAt);
  return othersLeave === null ? joined : Math.max(joined, Date.parse(othersLeave));
}

export type EndWarning = { kind: 'minutes-left'; minutes: number } | { kind: 'over'; closesAt: number };

/** Five minutes before the appointment's end the page begins to say so; after it, until when the call stays open. */
export function endWarning(appointment: Appointment, serverNow: number): EndWarning | null {
  const left = Date.parse(appointment.endsAt) - serverNow;
  if (left <= 0) return { kind: 'over', closesAt: closesAt(appointment) };
  return left <= 5 * minute ? { kind: 'minutes-left', minutes: Math.ceil(left / minute) } : null;
}

/** 'm:ss', from an hour on 'h:mm:ss'; never negative. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export type CallSummary = {
  /** From the first join to the end or, while others may come back, to the caller's own leave. */
  durationMilliseconds: number | null;
  startedAt: number | null;
  endedAt: number | null;
  endedBy: 'doctor' | 'time' | 'nobody';
};

export function summaryOf(appointment: Appointment, accountId: string): CallSummary {
  const { call } = appointment;
  const startedAt = instant(call.startedAt);
  const endedAt = instant(call.endedAt) ?? instant(participantOf(appointment, accountId)?.leftAt ?? null);
  return {
    durationMilliseconds: startedAt === null || endedAt === null ? null : endedAt - startedAt,
    startedAt,
    endedAt,
    endedBy: endedBy(appointment),
  };
}

function endedBy(appointment: Appointment): CallSummary['endedBy'] {
  const end = instant(appointment.call.endedAt);
  if (end === null) return 'nobody';
  return end >= closesAt(appointment) ? 'time' : 'doctor';
}

const instant = (value: string | null) => (value === null ? null : Date.parse(value));

const participantOf = (appointment: Appointment, accountId: string) =>
  appointment.call.participants.find((participant) => participant.accountId === accountId);
