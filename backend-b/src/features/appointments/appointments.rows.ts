import { Prisma } from '../../db/generated/client.ts';
import { toProviderName } from '../calls/calls.repository.ts';
import { noCall, type Call, type Participant } from '../calls/calls.state.ts';
import type { Appointment } from './appointments.rules.ts';

/** An appointment with its people and its call, as one row; a WHERE is to follow. */
export const wholeAppointment = Prisma.sql`
  SELECT a.id, a.starts_at, a.ends_at, a.duration_minutes, a.reason, a.created_at,
    a.cancelled_at, a.cancelled_by, a.cancel_reason, a.call_started_at, a.call_ended_at, a.epoch,
    d.id AS doctor_id, d.display_name AS doctor_name, d.specialty AS doctor_specialty,
    u.id AS user_id, u.display_name AS user_name, u.specialty AS user_specialty,
    CASE WHEN a.room_id IS NOT NULL THEN jsonb_build_object(
      'id', r.id, 'number', r.number, 'name', r.name, 'provider', r.provider, 'providerId', r.provider_id,
      'openedAt', r.opened_at, 'endedAt', r.ended_at) END AS room,
    CASE WHEN a.call_started_at IS NOT NULL THEN (
      SELECT jsonb_agg(jsonb_build_object(
        'accountId', p.account_id, 'roomId', p.room_id, 'connectionId', p.connection_id, 'joinedAt', p.joined_at,
        'isConnected', p.is_connected, 'hasLeft', p.has_left, 'lastSeenAt', p.last_seen_at, 'leftAt', p.left_at,
        'departedAt', p.departed_at)
        ORDER BY p.account_id <> a.doctor_id)
      FROM call_participants p WHERE p.appointment_id = a.id) END AS participants
  FROM appointments a
  JOIN accounts d ON d.id = a.doctor_id
  JOIN accounts u ON u.id = a.user_id
  LEFT JOIN rooms r ON r.id = a.room_id`;

type InJson<T> = {
  [Key in keyof T]: T[Key] extends Date ? string : T[Key] extends Date | null ? string | null : T[Key];
};

interface RoomJson {
  id: string;
  number: number;
  name: string;
  provider: string;
  providerId: string | null;
  openedAt: string;
  endedAt: string | null;
}

export interface AppointmentRow {
  id: string;
  starts_at: Date;
  ends_at: Date;
  duration_minutes: number;
  reason: string | null;
  created_at: Date;
  cancelled_at: Date | null;
  cancelled_by: string | null;
  cancel_reason: string | null;
  call_started_at: Date | null;
  call_ended_at: Date | null;
  epoch: number;
  doctor_id: string;
  doctor_name: string;
  doctor_specialty: string | null;
  user_id: string;
  user_name: string;
  user_specialty: string | null;
  room: RoomJson | null;
  participants: InJson<Participant>[] | null;
}

export function toAppointment(row: AppointmentRow): Appointment {
  return {
    id: row.id,
    doctor: { id: row.doctor_id, role: 'doctor', displayName: row.doctor_name, specialty: row.doctor_specialty },
    user: { id: row.user_id, role: 'user', displayName: row.user_name, specialty: row.user_specialty },
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    durationMinutes: row.duration_minutes,
    reason: row.reason,
    createdAt: row.created_at,
    cancelledAt: row.cancelled_at,
    cancelledBy: row.cancelled_by,
    cancelReason: row.cancel_reason,
    call: row.call_started_at ? toCall(row) : noCall,
  };
}

function toCall({
  call_started_at: startedAt,
  call_ended_at: endedAt,
  epoch,
  room,
  participants,
}: AppointmentRow): Call {
  return {
    startedAt,
    endedAt,
    epoch,
    room: room && {
      ...room,
      provider: toProviderName(room.provider),
      openedAt: new Date(room.openedAt),
      endedAt: toDate(room.endedAt),
    },
    participants: (participants ?? []).map((participant) => ({
      ...participant,
      joinedAt: new Date(participant.joinedAt),
      lastSeenAt: toDate(participant.lastSeenAt),
      leftAt: toDate(participant.leftAt),
      departedAt: toDate(participant.departedAt),
    })),
  };
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
