import type { Orm } from '../../db/client.ts';
import type { ProviderConnection } from './webhooks.rules.ts';

/** Which room of which appointment a callback is about; a participant of it is named so that it can be locked. */
export async function findRoom(
  orm: Orm,
  name: string,
): Promise<{ id: string; providerId: string | null; appointmentId: string; doctorId: string } | undefined> {
  const row = await orm.room.findUnique({
    where: { name },
    select: { id: true, providerId: true, appointmentId: true, appointment: { select: { doctorId: true } } },
  });
  return row ? { ...row, doctorId: row.appointment.doctorId } : undefined;
}

interface Told {
  roomId: string;
  accountId: string;
  providerId: string;
  connectedAt?: Date;
  disconnectedAt?: Date;
}

/** Keeps what was told of a connection, the latest of each, its room being locked. @returns all of the participant's */
export async function updateProviderConnection(orm: Orm, told: Told): Promise<ProviderConnection[]> {
  const { roomId, accountId, providerId } = told;
  const where = { roomId_accountId_providerId: { roomId, accountId, providerId } };
  const known = await orm.providerConnection.findUnique({ where });
  const times = {
    connectedAt: latest(known?.connectedAt, told.connectedAt),
    disconnectedAt: latest(known?.disconnectedAt, told.disconnectedAt),
  };
  await orm.providerConnection.upsert({
    where,
    create: { roomId, accountId, providerId, ...times },
    update: times,
  });
  return orm.providerConnection.findMany({ where: { roomId, accountId } });
}

function latest(known: Date | null | undefined, told: Date | undefined): Date | null {
  if (!known || !told) return told ?? known ?? null;
  return told > known ? told : known;
}
