import { EntitySchema } from 'typeorm';
import { instant, optionalInstant } from '../../db/columns.ts';

export type EndReason = 'unused' | 'empty' | 'completed' | 'provider';

/** One room of the video provider; an appointment may have had several, and has one at most that has not ended. */
export interface RoomRow {
  id: string;
  appointmentId: string;
  name: string;
  /** The provider's own id of it. */
  sid: string | null;
  openedAt: Date;
  endedAt: Date | null;
  endReason: EndReason | null;
}

export const roomEntity = new EntitySchema<RoomRow>({
  name: 'Room',
  tableName: 'rooms',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'rooms_pkey' },
    appointmentId: { name: 'appointment_id', type: 'uuid' },
    name: { type: 'text' },
    sid: { type: 'text', nullable: true },
    openedAt: instant('opened_at'),
    endedAt: optionalInstant('ended_at'),
    endReason: { name: 'end_reason', type: 'text', nullable: true },
  },
  foreignKeys: [
    {
      name: 'rooms_appointment_fkey',
      target: 'Appointment',
      columnNames: ['appointmentId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'rooms_name_key', columns: ['name'] }],
  indices: [{ name: 'rooms_one_open', columns: ['appointmentId'], unique: true, where: 'ended_at IS NULL' }],
});

/** The place of one of the two in the call; its newest join owns it. */
export interface CallParticipantRow {
  appointmentId: string;
  accountId: string;
  roomId: string;
  connectionId: string;
  /** The first join; later ones do not move it. */
  joinedAt: Date;
  /** Since when this connection is connected; null until the provider has said so. */
  connectedAt: Date | null;
  /** The last heartbeat; null where the provider itself says who leaves. */
  seenAt: Date | null;
  leftAt: Date | null;
}

export const callParticipantEntity = new EntitySchema<CallParticipantRow>({
  name: 'CallParticipant',
  tableName: 'call_participants',
  columns: {
    appointmentId: {
      name: 'appointment_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'call_participants_pkey',
    },
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'call_participants_pkey' },
    roomId: { name: 'room_id', type: 'uuid' },
    connectionId: { name: 'connection_id', type: 'uuid' },
    joinedAt: instant('joined_at'),
    connectedAt: optionalInstant('connected_at'),
    seenAt: optionalInstant('seen_at'),
    leftAt: optionalInstant('left_at'),
  },
  foreignKeys: [
    {
      name: 'call_participants_appointment_fkey',
      target: 'Appointment',
      columnNames: ['appointmentId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'call_participants_account_fkey',
      target: 'Account',
      columnNames: ['accountId'],
      referencedColumnNames: ['id'],
    },
    { name: 'call_participants_room_fkey', target: 'Room', columnNames: ['roomId'], referencedColumnNames: ['id'] },
  ],
});

/** Every join there has been: an older one of the same participant is superseded. */
export interface CallConnectionRow {
  id: string;
  appointmentId: string;
  accountId: string;
  roomId: string;
  joinedAt: Date;
  /** Whether leaveCall said so; a lapse does not count, it can be mended. */
  hasLeft: boolean;
}

export const callConnectionEntity = new EntitySchema<CallConnectionRow>({
  name: 'CallConnection',
  tableName: 'call_connections',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'call_connections_pkey' },
    appointmentId: { name: 'appointment_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    roomId: { name: 'room_id', type: 'uuid' },
    joinedAt: instant('joined_at'),
    hasLeft: { name: 'has_left', type: 'boolean' },
  },
  foreignKeys: [
    {
      name: 'call_connections_appointment_fkey',
      target: 'Appointment',
      columnNames: ['appointmentId'],
      referencedColumnNames: ['id'],
    },
  ],
  indices: [{ name: 'call_connections_appointment', columns: ['appointmentId'] }],
});
