import type { Db, Orm } from '../../db/client.ts';
import { notFound } from '../../problem.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import type { Account } from '../accounts/accounts.rules.ts';
import { lockAppointment } from '../appointments/appointments.repository.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { lockStreams } from '../events/events.repository.ts';
import type { Participant } from './calls.state.ts';

export interface CallInput {
  account: Account;
  appointmentId: string;
}

export interface ConnectionInput extends CallInput {
  connectionId: string;
  provider: RoomProvider;
}

/** Locks the appointment, then both people's streams. @throws Problem not-found */
export async function lockCall(db: Db, orm: Orm, { account, appointmentId }: CallInput): Promise<Appointment> {
  const appointment = await lockAppointment(db, orm, appointmentId, account.id);
  if (!appointment) throw notFound('appointment');
  await lockStreams(orm, [appointment.doctor.id, appointment.user.id]);
  return appointment;
}

/** @throws Problem not-found */
export async function getParticipation(
  { hotPaths }: Db,
  orm: Orm,
  { account, appointmentId }: CallInput,
): Promise<Appointment> {
  const appointment = await hotPaths.findAppointment(orm, appointmentId, account.id);
  if (!appointment) throw notFound('appointment');
  return appointment;
}

export function participantOf({ call }: Appointment, account: Account): Participant | undefined {
  return call.participants.find((participant) => participant.accountId === account.id);
}
