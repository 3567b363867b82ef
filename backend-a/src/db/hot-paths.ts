import * as appointmentsByOrm from '../features/appointments/appointments.repository.ts';
import * as appointmentsByStatement from '../features/appointments/appointments.statements.ts';
import type {
  FindAppointment,
  FindParticipants,
  InsertAppointment,
  ListAppointments,
} from '../features/appointments/appointment.ts';
import * as sessionsByOrm from '../features/sessions/sessions.repository.ts';
import * as sessionsByStatement from '../features/sessions/sessions.statements.ts';
import type { FindCaller } from '../features/sessions/session.ts';

/** What most requests do, each once through the ORM and once as a prepared statement behind one function type. */
export interface HotPaths {
  readonly findCaller: FindCaller;
  readonly findAppointment: FindAppointment;
  readonly findParticipants: FindParticipants;
  readonly insertAppointment: InsertAppointment;
  readonly listAppointments: ListAppointments;
}

export const hotPaths: Readonly<Record<'statements' | 'orm', HotPaths>> = {
  statements: { ...pathsOf(appointmentsByStatement), findCaller: sessionsByStatement.findCaller },
  orm: { ...pathsOf(appointmentsByOrm), findCaller: sessionsByOrm.findCaller },
};

function pathsOf(version: Omit<HotPaths, 'findCaller'>): Omit<HotPaths, 'findCaller'> {
  const { findAppointment, findParticipants, insertAppointment, listAppointments } = version;
  return { findAppointment, findParticipants, insertAppointment, listAppointments };
}
