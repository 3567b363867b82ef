import type { Db } from '../../db/db.ts';
import { providerConnectionEntity, type ProviderConnectionRow } from './provider-connections.entity.ts';

interface Occupant {
  readonly roomId: string;
  readonly accountId: string;
}

/** All connections of a participant to a room that the provider has told of. Needs the appointment's lock. */
export function listConnections(tx: Db, { roomId, accountId }: Occupant): Promise<ProviderConnectionRow[]> {
  return tx.orm
    .createQueryBuilder(providerConnectionEntity, 'connection')
    .where('connection.roomId = :roomId AND connection.accountId = :accountId', { roomId, accountId })
    .getMany();
}

/** Keeps what is known of a connection, in place of what was known before. */
export async function updateConnection(tx: Db, connection: ProviderConnectionRow): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .insert()
    .into(providerConnectionEntity)
    .values(connection)
    .orUpdate(['connected_at', 'disconnected_at'], ['room_id', 'account_id', 'sid'])
    .updateEntity(false)
    .execute();
}

/** Someone has left by our own word: what the provider tells later of the same connections is old news. */
export async function updateConnectionsOver(tx: Db, { roomId, accountId }: Occupant, now: Date): Promise<void> {
  await tx.orm
    .createQueryBuilder()
    .update(providerConnectionEntity)
    .set({ disconnectedAt: now })
    .where('roomId = :roomId AND accountId = :accountId AND disconnectedAt IS NULL', { roomId, accountId })
    .execute();
}
