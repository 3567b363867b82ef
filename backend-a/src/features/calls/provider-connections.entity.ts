import { EntitySchema } from 'typeorm';
import { optionalInstant } from '../../db/columns.ts';

/** What the provider has told of one connection of a participant to a room. */
export interface ProviderConnectionRow {
  roomId: string;
  accountId: string;
  /** The provider's own id of it; empty when it told none. */
  sid: string;
  connectedAt: Date | null;
  disconnectedAt: Date | null;
}

const primary = { primary: true, primaryKeyConstraintName: 'provider_connections_pkey' } as const;

export const providerConnectionEntity = new EntitySchema<ProviderConnectionRow>({
  name: 'ProviderConnection',
  tableName: 'provider_connections',
  columns: {
    roomId: { name: 'room_id', type: 'uuid', ...primary },
    accountId: { name: 'account_id', type: 'uuid', ...primary },
    sid: { type: 'text', ...primary },
    connectedAt: optionalInstant('connected_at'),
    disconnectedAt: optionalInstant('disconnected_at'),
  },
  foreignKeys: [
    { name: 'provider_connections_room_fkey', target: 'Room', columnNames: ['roomId'], referencedColumnNames: ['id'] },
  ],
});
