import { profileOf } from '../accounts/account.ts';
import type { Place, Room } from '../calls/call.ts';
import type { CallParticipantRow, RoomRow } from '../calls/calls.entity.ts';
import type { Appointment } from './appointment.ts';
import type { AppointmentRow } from './appointments.entity.ts';

/** An appointment from the ORM's rows, which were joined with all that belongs to it. */
export function appointmentOf(row: AppointmentRow): Appointment {
  if (!row.doctor || !row.user) throw new Error('An appointment was read without its participants');
  return {
    id: row.id,
    doctor: profileOf(row.doctor),
    user: profileOf(row.user),
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    durationMinutes: row.durationMinutes,
    reason: row.reason,
    createdAt: row.createdAt,
    cancelledAt: row.cancelledAt,
    cancelledBy: row.cancelledBy,
    cancelReason: row.cancelReason,
    call: {
      startedAt: row.callStartedAt,
      endedAt: row.callEndedAt,
      epoch: row.callEpoch,
      room: roomOf(row.room),
      doctorPlace: placeOf(row.doctorPlace),
      userPlace: placeOf(row.userPlace),
    },
  };
}

function roomOf(row: RoomRow | null | undefined): Room | null {
  return row ? { id: row.id, name: row.name, sid: row.sid, openedAt: row.openedAt } : null;
}

function placeOf(row: CallParticipantRow | null | undefined): Place | null {
  if (!row) return null;
  const { roomId, connectionId, joinedAt, connectedAt, seenAt, leftAt } = row;
  return { roomId, connectionId, joinedAt, connectedAt, seenAt, leftAt };
}
