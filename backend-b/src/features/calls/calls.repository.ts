import type { Orm } from '../../db/client.ts';
import type { Prisma } from '../../db/generated/client.ts';
import type { Call, Participant, ProviderName, Room } from './calls.state.ts';

const participantColumns = {
  accountId: true,
  roomId: true,
  connectionId: true,
  joinedAt: true,
  isConnected: true,
  hasLeft: true,
  lastSeenAt: true,
  leftAt: true,
} as const;

/** What has to be read beside an appointment to know its call. */
export const callColumns = {
  room: { select: { id: true, number: true, name: true, provider: true, openedAt: true, endedAt: true } },
  participants: { select: participantColumns },
} satisfies Prisma.AppointmentInclude;

interface CallRow {
  callStartedAt: Date | null;
  callEndedAt: Date | null;
  epoch: number;
  room: (Omit<Room, 'provider'> & { provider: string }) | null;
  participants: Participant[];
}

export function toCall(row: CallRow, doctorId: string): Call {
  const isDoctor = ({ accountId }: Participant): number => Number(accountId === doctorId);
  return {
    startedAt: row.callStartedAt,
    endedAt: row.callEndedAt,
    epoch: row.epoch,
    room: row.room && { ...row.room, provider: toProviderName(row.room.provider) },
    participants: row.participants.toSorted((a, b) => isDoctor(b) - isDoctor(a)),
  };
}

export function toProviderName(text: string): ProviderName {
  if (text === 'peer' || text === 'twilio') return text;
  throw new Error(`The database holds the unknown provider ${text}`);
}

export async function insertRoom(orm: Orm, appointmentId: string, room: Room): Promise<void> {
  await orm.room.create({ data: { ...room, appointmentId } });
  await orm.appointment.update({ where: { id: appointmentId }, data: { roomId: room.id }, select: { id: true } });
}

export async function updateRoomEnded(
  orm: Orm,
  roomId: string,
  end: { endedAt: Date; endReason: 'unused' | 'empty' | 'completed' | 'provider' },
): Promise<void> {
  await orm.room.update({ where: { id: roomId }, data: end, select: { id: true } });
}

/** Stores a join: the connection, and that it owns its participant's place from now on. */
export async function insertConnection(
  orm: Orm,
  appointmentId: string,
  participant: Participant,
  now: Date,
): Promise<void> {
  const { accountId, roomId, connectionId: id } = participant;
  await orm.callConnection.create({ data: { id, appointmentId, accountId, roomId, joinedAt: now } });
  await orm.callParticipant.upsert({
    where: { appointmentId_accountId: { appointmentId, accountId } },
    create: { appointmentId, ...participant },
    update: participant,
    select: { accountId: true },
  });
}

/** Whether this account ever joined this room by this connection. */
export async function findConnection(
  orm: Orm,
  id: string,
  owner: { appointmentId: string; accountId: string },
): Promise<{ roomId: string } | undefined> {
  return (await orm.callConnection.findUnique({ where: { id, ...owner }, select: { roomId: true } })) ?? undefined;
}

export async function updatePresence(
  orm: Orm,
  appointmentId: string,
  accountId: string,
  presence: Partial<Pick<Participant, 'isConnected' | 'hasLeft' | 'lastSeenAt' | 'leftAt'>>,
): Promise<void> {
  const where = { appointmentId_accountId: { appointmentId, accountId } };
  await orm.callParticipant.update({ where, data: presence, select: { accountId: true } });
}

export async function updateCall(
  orm: Orm,
  appointmentId: string,
  { startedAt, endedAt, epoch }: { startedAt?: Date; endedAt?: Date; epoch?: number },
): Promise<void> {
  const data = {
    ...(startedAt && { callStartedAt: startedAt }),
    ...(endedAt && { callEndedAt: endedAt }),
    ...(epoch !== undefined && { epoch }),
  };
  await orm.appointment.update({ where: { id: appointmentId }, data, select: { id: true } });
}
