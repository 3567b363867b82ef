import { hash } from 'node:crypto';
import type { components } from '@duet/contract/types';
import type { Row } from '../database.ts';
import { writeInstant, writeInstantOrNull } from '../instants.ts';
import { serialise } from '../serialisers.ts';
import { callOf, type CallRow, endOf } from './call-state.ts';

type Appointment = components['schemas']['Appointment'];

/** What an appointment was booked with; the rest of its columns begins empty. */
export type BookedRow = Row & {
  id: string;
  starts_at: number;
  ends_at: number;
  duration_minutes: number;
  reason: string | null;
  created_at: number;
  doctor_id: string;
  doctor_name: string;
  doctor_specialty: string | null;
  user_id: string;
  user_name: string;
};

export type AppointmentRow = BookedRow &
  CallRow & {
    cancelled_at: number | null;
    cancelled_by: string | null;
    cancel_reason: string | null;
  };

/** What a booking leaves empty. */
export const untouched = {
  cancelled_at: null,
  cancelled_by: null,
  cancel_reason: null,
  started_at: null,
  ended_at: null,
  call: null,
};

export function statusOf(row: AppointmentRow, now: number): Appointment['status'] {
  if (row.cancelled_at !== null) return 'cancelled';
  if (endOf(row, now) !== null) return 'completed';
  if (row.started_at !== null) return 'in_progress';
  return row.ends_at <= now ? 'missed' : 'scheduled';
}

export const appointmentOf = (row: AppointmentRow, now: number): Appointment => ({
  id: row.id,
  doctor: { id: row.doctor_id, role: 'doctor', displayName: row.doctor_name, specialty: row.doctor_specialty },
  user: { id: row.user_id, role: 'user', displayName: row.user_name, specialty: null },
  startsAt: writeInstant(row.starts_at),
  endsAt: writeInstant(row.ends_at),
  durationMinutes: row.duration_minutes as Appointment['durationMinutes'],
  reason: row.reason,
  status: statusOf(row, now),
  createdAt: writeInstant(row.created_at),
  cancelledAt: writeInstantOrNull(row.cancelled_at),
  cancelledBy: row.cancelled_by,
  cancelReason: row.cancel_reason,
  call: callOf(row, now),
});

/** The body of an answer with one appointment, and its tag: a hash of exactly this text. */
export function represent(row: AppointmentRow, now: number): { body: string; etag: string } {
  const body = serialise.appointment(appointmentOf(row, now));
  return { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` };
}

/** Whether a list of tags, or `*`, names this one. If-Match takes strong ones alone. */
export function names(tags: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (tags === '*') return true;
  const listed = tags.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return listed.some((tag) => tag === etag || (comparison === 'weak' && tag === `W/${etag}`));
}
