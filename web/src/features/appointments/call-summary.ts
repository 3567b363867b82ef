import type { Appointment } from './appointment.ts';

export type SummaryPerson = { id: string; displayName: string; joinedAt: number | null; leftAt: number | null };
export type CallSummary = { startedAt: number; endedAt: number; length: number; people: SummaryPerson[] };

function instant(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

/** Of a call that is over; null when it never took place or still runs. */
export function callSummary(appointment: Appointment): CallSummary | null {
  const { call, doctor, user } = appointment;
  const startedAt = instant(call.startedAt);
  const endedAt = instant(call.endedAt);
  if (startedAt === null || endedAt === null) return null;
  const people = [doctor, user].map(({ id, displayName }) => {
    const person = call.participants.find((participant) => participant.accountId === id);
    return { id, displayName, joinedAt: instant(person?.joinedAt ?? null), leftAt: instant(person?.leftAt ?? null) };
  });
  return { startedAt, endedAt, length: endedAt - startedAt, people };
}
