import { EntitySchema } from 'typeorm';

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
