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
  departedAt: true,
} as const;

/** What has to be read beside an appointment to know its call. */
export const callColumns = {
  room: {
    select: { id: true, number: true, name: true, provider: true, providerId: true, openedAt: true, endedAt: true },
  },
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

/** Whether this account ever joined the newest room by this connection. */
export async function isConnectionOf(
  orm: Orm,
  id: string,
  { id: appointmentId, call }: { id: string; call: Call },
  accountId: string,
): Promise<boolean> {
  const where = { id, appointmentId, accountId, roomId: call.room?.id ?? id };
  return call.room !== null && (await orm.callConnection.count({ where })) > 0;
}

/** Stores what is to be forgotten when the call is over. @returns false when the sender used the clientId before */
export async function insertSignal(
  orm: Orm,
  { payload, ...signal }: { id: string; appointmentId: string; senderId: string; clientId: string; payload: object },
): Promise<boolean> {
  const data = [{ ...signal, payload: JSON.stringify({ data: payload }) }];
  return (await orm.signal.createMany({ data, skipDuplicates: true })).count === 1;
}

export async function updateSignalsForgotten(orm: Orm, appointmentId: string): Promise<void> {
  await orm.signal.updateMany({ where: { appointmentId, payload: { not: null } }, data: { payload: null } });
}

export async function updatePresence(
  orm: Orm,
  appointmentId: string,
  accountId: string,
  presence: Partial<Pick<Participant, 'isConnected' | 'hasLeft' | 'lastSeenAt' | 'leftAt' | 'departedAt'>>,
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
