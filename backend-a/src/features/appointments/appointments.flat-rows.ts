import type { Place, Room } from '../calls/call.ts';
import type { Appointment } from './appointment.ts';

/** An appointment as the prepared statements read it: one flat row. */
export type FlatAppointment = {
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
  call_epoch: number;
  room_id: string | null;
  room_name: string;
  room_sid: string | null;
  room_opened_at: Date;
} & Person<'doctor'> &
  Person<'user'>;

type Person<Role extends 'doctor' | 'user'> = {
  [Column in `${Role}_id` | `${Role}_name` | `${Role}_connection_id`]: string;
} & { [Column in `${Role}_specialty` | `${Role}_room_id`]: string | null } & {
  [Column in `${Role}_joined_at`]: Date;
} & {
  [Column in `${Role}_connected_at` | `${Role}_seen_at` | `${Role}_left_at`]: Date | null;
};

export function appointmentOfFlat(row: FlatAppointment): Appointment {
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
    call: {
      startedAt: row.call_started_at,
      endedAt: row.call_ended_at,
      epoch: row.call_epoch,
      room: roomOf(row),
      doctorPlace: doctorPlaceOf(row),
      userPlace: userPlaceOf(row),
    },
  };
}

function roomOf(row: FlatAppointment): Room | null {
  if (row.room_id === null) return null;
  return { id: row.room_id, name: row.room_name, sid: row.room_sid, openedAt: row.room_opened_at };
}

function doctorPlaceOf(row: FlatAppointment): Place | null {
  if (row.doctor_room_id === null) return null;
  return {
    roomId: row.doctor_room_id,
    connectionId: row.doctor_connection_id,
    joinedAt: row.doctor_joined_at,
    connectedAt: row.doctor_connected_at,
    seenAt: row.doctor_seen_at,
    leftAt: row.doctor_left_at,
  };
}

function userPlaceOf(row: FlatAppointment): Place | null {
  if (row.user_room_id === null) return null;
  return {
    roomId: row.user_room_id,
    connectionId: row.user_connection_id,
    joinedAt: row.user_joined_at,
    connectedAt: row.user_connected_at,
    seenAt: row.user_seen_at,
    leftAt: row.user_left_at,
  };
}
