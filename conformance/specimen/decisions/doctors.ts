import type { Account, Appointment } from '../world.ts';

const day = 86_400_000;

export const doctorDecisions = {
  isDoctor: (account: Account): boolean => account.role === 'doctor',

  isFound: (account: Account): boolean => account.role === 'doctor',

  matchesQuery: (account: Account, query: string): boolean => {
    const needle = query.toLowerCase();
    return [account.displayName, account.specialty ?? ''].some((text) => text.toLowerCase().includes(needle));
  },

  doctorKey: (account: Account): string[] => [account.displayName, account.id],

  isBusyWith: (appointment: Appointment, from: number, to: number): boolean =>
    appointment.cancelledAt === null && appointment.startsAt < to && appointment.endsAt > from,

  busyRangeRefusal: (from: number, to: number): 'invalid-range' | 'range-too-long' | undefined => {
    if (to <= from) return 'invalid-range';
    return to - from > 31 * day ? 'range-too-long' : undefined;
  },

  busySpan: (appointment: Appointment, _from: number, _to: number): { startsAt: number; endsAt: number } => ({
    startsAt: appointment.startsAt,
    endsAt: appointment.endsAt,
  }),

  busyOrder: (left: Appointment, right: Appointment): number => left.startsAt - right.startsAt,
};
