import { EntitySchema } from 'typeorm';
import { instant, recordedAt } from '../../db/columns.ts';
import type { EventType } from './event.ts';

/** How far an account's events have come. Its row is the lock on everything that concerns the account in time. */
export interface EventStreamRow {
  accountId: string;
  /** bigint comes as text. */
  lastId: string;
}

export const eventStreamEntity = new EntitySchema<EventStreamRow>({
  name: 'EventStream',
  tableName: 'event_streams',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'event_streams_pkey' },
    lastId: { name: 'last_id', type: 'bigint', default: 0 },
  },
  foreignKeys: [
    {
      name: 'event_streams_account_fkey',
      target: 'Account',
      columnNames: ['accountId'],
      referencedColumnNames: ['id'],
    },
  ],
});

/** One event of one account. */
export interface EventRow {
  accountId: string;
  id: string;
  type: EventType;
  /** JSON text. */
  data: string;
  signalId: string | null;
  /** The time of the request that told it; a stream that resumes asks by it whether the event is still kept. */
  toldAt: Date;
  recordedAt: Date;
}

export const eventEntity = new EntitySchema<EventRow>({
  name: 'Event',
  tableName: 'events',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'events_pkey' },
    id: { type: 'bigint', primary: true, primaryKeyConstraintName: 'events_pkey' },
    type: { type: 'text' },
    data: { type: 'text' },
    signalId: { name: 'signal_id', type: 'uuid', nullable: true },
    toldAt: instant('told_at'),
    recordedAt: recordedAt(),
  },
  indices: [{ name: 'events_recorded', columns: ['recordedAt'] }],
});
