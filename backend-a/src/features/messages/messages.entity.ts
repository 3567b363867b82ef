import { EntitySchema } from 'typeorm';
import { instant } from '../../db/columns.ts';
import type { Message } from './message.ts';

export interface MessageRow extends Message {
  /** From 1 in its appointment, without gaps. */
  readonly place: number;
}

export const messageEntity = new EntitySchema<MessageRow>({
  name: 'Message',
  tableName: 'messages',
  columns: {
    appointmentId: { name: 'appointment_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'messages_pkey' },
    place: { type: 'integer', primary: true, primaryKeyConstraintName: 'messages_pkey' },
    id: { type: 'uuid' },
    senderId: { name: 'sender_id', type: 'uuid' },
    clientId: { name: 'client_id', type: 'uuid' },
    body: { type: 'text' },
    sentAt: instant('sent_at'),
  },
  foreignKeys: [toAppointment('messages_appointment_fkey')],
  uniques: [
    { name: 'messages_id_key', columns: ['id'] },
    { name: 'messages_client_id_key', columns: ['appointmentId', 'senderId', 'clientId'] },
  ],
});

/** Up to which place a participant has read. */
export interface ReadMarkRow {
  appointmentId: string;
  accountId: string;
  place: number;
}

export const readMarkEntity = new EntitySchema<ReadMarkRow>({
  name: 'ReadMark',
  tableName: 'read_marks',
  columns: {
    appointmentId: { name: 'appointment_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'read_marks_pkey' },
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'read_marks_pkey' },
    place: { type: 'integer' },
  },
  foreignKeys: [toAppointment('read_marks_appointment_fkey')],
});

function toAppointment(name: string) {
  return { name, target: 'Appointment', columnNames: ['appointmentId'], referencedColumnNames: ['id'] };
}
