import { createHash } from 'node:crypto';
import type { components } from '@duet/contract/types';
import { profileOf } from '../accounts/account.ts';
import { callView } from '../calls/calls.view.ts';
import type { Appointment } from './appointment.ts';
import { statusOf } from './appointments.rules.ts';

export type AppointmentView = components['schemas']['Appointment'];

/** An appointment as it looks at `now`; the same for both participants. */
export function appointmentView(appointment: Appointment, now: Date): AppointmentView {
  return {
    id: appointment.id,
    doctor: profileOf(appointment.doctor),
    user: profileOf(appointment.user),
    startsAt: appointment.startsAt.toISOString(),
    endsAt: appointment.endsAt.toISOString(),
    durationMinutes: appointment.durationMinutes,
    reason: appointment.reason,
    status: statusOf(appointment, now),
    createdAt: appointment.createdAt.toISOString(),
    cancelledAt: appointment.cancelledAt?.toISOString() ?? null,
    cancelledBy: appointment.cancelledBy,
    cancelReason: appointment.cancelReason,
    call: callView(appointment, now),
  };
}

/** An appointment in exactly the bytes that are sent, and the strong tag that names them. */
export interface Representation {
  readonly view: AppointmentView;
  readonly text: string;
  /** With its quotes. */
  readonly etag: string;
}

/**
 * The one way in which an appointment is turned into bytes.
 *
 * @rule appointments/etag
 */
export function represent(appointment: Appointment, now: Date): Representation {
  const view = appointmentView(appointment, now);
  const text = JSON.stringify(view);
  return { view, text, etag: etagOf(text) };
}

function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url')}"`;
}
