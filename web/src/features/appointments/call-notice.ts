import { canJoin, isConnected, opensAt, otherPerson, statusAt, type Appointment } from './appointment.ts';

export type CallNotice =
  | { kind: 'early'; opensAt: number; left: number }
  | { kind: 'open' | 'began' | 'otherWaits' | 'youInside' | 'interrupted' }
  | { kind: 'missed' | 'over' | 'cancelled' };

/** What there is to say about the call now, to this one of the two. */
export function callNotice(appointment: Appointment, accountId: string, now: number): CallNotice {
  const status = statusAt(appointment, now);
  if (status === 'cancelled' || status === 'missed') return { kind: status };
  if (status === 'completed') return { kind: 'over' };
  if (!canJoin(appointment, now))
    return { kind: 'early', opensAt: opensAt(appointment), left: opensAt(appointment) - now };
  if (isConnected(appointment, accountId)) return { kind: 'youInside' };
  if (isConnected(appointment, otherPerson(appointment, accountId).id)) return { kind: 'otherWaits' };
  if (status === 'in_progress') return { kind: 'interrupted' };
  return { kind: now < Date.parse(appointment.startsAt) ? 'open' : 'began' };
}

/** Until when one can join: never joined until the end, else a quarter of an hour longer. */
export function joinableUntil(appointment: Appointment): number {
  return Date.parse(appointment.endsAt) + (appointment.status === 'in_progress' ? 15 * 60_000 : 0);
}
