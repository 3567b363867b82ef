import type { Appointment } from './appointment.ts';

export type Change = 'status' | 'time' | 'reason' | 'people' | 'call';

/** What differs for a person between what was shown and what is true now. */
export function changesBetween(before: Appointment, after: Appointment): Change[] {
  const differs = (value: (appointment: Appointment) => unknown) =>
    JSON.stringify(value(before)) !== JSON.stringify(value(after));
  const found: [Change, boolean][] = [
    ['status', differs((appointment) => appointment.status)],
    ['time', differs((appointment) => [appointment.startsAt, appointment.endsAt])],
    ['reason', differs((appointment) => appointment.reason)],
    ['people', differs((appointment) => [appointment.doctor, appointment.user])],
    ['call', differs((appointment) => appointment.call)],
  ];
  return found.filter(([, isDifferent]) => isDifferent).map(([change]) => change);
}
