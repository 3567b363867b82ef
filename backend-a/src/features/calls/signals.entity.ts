import { EntitySchema } from 'typeorm';
import { recordedAt } from '../../db/columns.ts';

/** A signal beside the event that tells it: it is known by its clientId, and its data can be forgotten. */
export interface SignalRow {
  id: string;
  appointmentId: string;
  senderId: string;
  clientId: string;
  /** JSON text; null once the call is over. */
  data: string | null;
  recordedAt: Date;
}

export const signalEntity = new EntitySchema<SignalRow>({
  name: 'Signal',
  tableName: 'signals',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'signals_pkey' },
    appointmentId: { name: 'appointment_id', type: 'uuid' },
    senderId: { name: 'sender_id', type: 'uuid' },
    clientId: { name: 'client_id', type: 'uuid' },
    data: { type: 'text', nullable: true },
    recordedAt: recordedAt(),
  },
  foreignKeys: [
    {
      name: 'signals_appointment_fkey',
      target: 'Appointment',
      columnNames: ['appointmentId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'signals_client_id_key', columns: ['appointmentId', 'senderId', 'clientId'] }],
  indices: [{ name: 'signals_recorded', columns: ['recordedAt'] }],
});
