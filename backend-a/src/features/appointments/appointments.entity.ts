import { EntitySchema } from 'typeorm';
import { instant, optionalInstant, recordedAt } from '../../db/columns.ts';
import type { AccountRow } from '../accounts/accounts.entity.ts';
import type { CallParticipantRow, RoomRow } from '../calls/calls.entity.ts';

export interface AppointmentRow {
  id: string;
  doctorId: string;
  userId: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  reason: string | null;
  createdAt: Date;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  cancelReason: string | null;
  /** The first join. */
  callStartedAt: Date | null;
  /** The doctor's end of the call. */
  callEndedAt: Date | null;
  callEpoch: number;
  /** How many messages there are: the place of the newest one. */
  messageCount: number;
  doctor?: AccountRow;
  user?: AccountRow;
  /** Mapped by queries: the room not yet marked as ended, and the two participants' places. */
  room?: RoomRow | null;
  doctorPlace?: CallParticipantRow | null;
  userPlace?: CallParticipantRow | null;
}

const notCancelled = 'WHERE (cancelled_at IS NULL)';

export const appointmentEntity = new EntitySchema<AppointmentRow>({
  name: 'Appointment',
  tableName: 'appointments',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'appointments_pkey' },
    doctorId: { name: 'doctor_id', type: 'uuid' },
    userId: { name: 'user_id', type: 'uuid' },
    startsAt: instant('starts_at'),
    endsAt: instant('ends_at'),
    durationMinutes: { name: 'duration_minutes', type: 'smallint' },
    reason: { type: 'text', nullable: true },
    createdAt: instant('created_at'),
    cancelledAt: optionalInstant('cancelled_at'),
    cancelledBy: { name: 'cancelled_by', type: 'uuid', nullable: true },
    cancelReason: { name: 'cancel_reason', type: 'text', nullable: true },
    callStartedAt: optionalInstant('call_started_at'),
    callEndedAt: optionalInstant('call_ended_at'),
    callEpoch: { name: 'call_epoch', type: 'integer', default: 0 },
    messageCount: { name: 'message_count', type: 'integer', default: 0 },
  },
  relations: {
    doctor: {
      type: 'many-to-one',
      target: 'Account',
      joinColumn: { name: 'doctor_id', foreignKeyConstraintName: 'appointments_doctor_fkey' },
    },
    user: {
      type: 'many-to-one',
      target: 'Account',
      joinColumn: { name: 'user_id', foreignKeyConstraintName: 'appointments_user_fkey' },
    },
  },
  checks: [
    { name: 'appointments_span_check', expression: 'starts_at < ends_at' },
    { name: 'appointments_one_end_check', expression: 'cancelled_at IS NULL OR call_started_at IS NULL' },
  ],
  exclusions: [
    {
      name: 'appointments_doctor_no_overlap',
      expression: `USING gist (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) ${notCancelled}`,
    },
    {
      name: 'appointments_user_no_overlap',
      expression: `USING gist (user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) ${notCancelled}`,
    },
  ],
  indices: [
    { name: 'appointments_of_doctor', columns: ['doctorId', 'startsAt', 'id'] },
    { name: 'appointments_of_user', columns: ['userId', 'startsAt', 'id'] },
  ],
});

export interface IdempotencyKeyRow {
  accountId: string;
  key: string;
  /** SHA-256 of the body's JSON value. */
  requestHash: Buffer;
  createdAt: Date;
  /** The kept answer; null only inside the transaction that makes it. */
  appointmentId: string | null;
  etag: string | null;
  answer: string | null;
  recordedAt: Date;
}

export const idempotencyKeyEntity = new EntitySchema<IdempotencyKeyRow>({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'idempotency_keys_pkey' },
    key: { type: 'text', primary: true, primaryKeyConstraintName: 'idempotency_keys_pkey' },
    requestHash: { name: 'request_hash', type: 'bytea' },
    createdAt: instant('created_at'),
    appointmentId: { name: 'appointment_id', type: 'uuid', nullable: true },
    etag: { type: 'text', nullable: true },
    answer: { type: 'text', nullable: true },
    recordedAt: recordedAt(),
  },
  indices: [{ name: 'idempotency_keys_recorded', columns: ['recordedAt'] }],
});
