import type { Appointment, Profile } from '../../api/schema.ts';

export type { Appointment, Profile };
export type AppointmentStatus = Appointment['status'];

export const statuses = ['scheduled', 'in_progress', 'completed', 'missed', 'cancelled'] as const;

const minute = 60_000;
const opensBefore = 10 * minute;
const closesAfter = 15 * minute;

export function opensAt(appointment: Appointment): number {
  return Date.parse(appointment.startsAt) - opensBefore;
}

/** What time alone has made of it since it was read. */
export function statusAt(appointment: Appointment, now: number): AppointmentStatus {
  const endsAt = Date.parse(appointment.endsAt);
  if (appointment.status === 'scheduled' && now >= endsAt) return 'missed';
  if (appointment.status === 'in_progress' && now >= endsAt + closesAfter) return 'completed';
  return appointment.status;
}

/** The instants at which what is shown changes by itself. */
export function turningPoints(appointment: Appointment): number[] {
  const endsAt = Date.parse(appointment.endsAt);
  return [opensAt(appointment), Date.parse(appointment.startsAt), endsAt, endsAt + closesAfter];
}

export function canJoin(appointment: Appointment, now: number): boolean {
  const status = statusAt(appointment, now);
  return (status === 'scheduled' || status === 'in_progress') && now >= opensAt(appointment);
}

export function canCancel(appointment: Appointment, now: number): boolean {
  return statusAt(appointment, now) === 'scheduled';
}

export function isUpcoming(appointment: Appointment, now: number): boolean {
  const status = statusAt(appointment, now);
  if (status === 'cancelled') return Date.parse(appointment.endsAt) > now;
  return status === 'scheduled' || status === 'in_progress';
}

export function otherPerson(appointment: Appointment, accountId: string): Profile {
  return appointment.doctor.id === accountId ? appointment.user : appointment.doctor;
}

export function compareAppointments(one: Appointment, other: Appointment): number {
  if (one.startsAt !== other.startsAt) return one.startsAt < other.startsAt ? -1 : 1;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}

export function isConnected(appointment: Appointment, accountId: string): boolean {
  return appointment.call.participants.some((person) => person.accountId === accountId && person.connected);
}
