import type { Config } from '../config.ts';
import * as appointmentsByOrm from '../features/appointments/appointments.repository.ts';
import * as appointmentsByStatement from '../features/appointments/appointments.statements.ts';
import type {
  FindAppointment,
  FindParticipants,
  InsertAppointment,
  ListAppointments,
  LockRow,
} from '../features/appointments/appointment.ts';
import type { InsertEvents, ListEvents } from '../features/events/event.ts';
import * as eventsByOrm from '../features/events/events.repository.ts';
import * as eventsByStatement from '../features/events/events.statements.ts';
import type { InsertMessage } from '../features/messages/message.ts';
import * as messagesByOrm from '../features/messages/messages.repository.ts';
import * as messagesByStatement from '../features/messages/messages.statements.ts';
import * as sessionsByOrm from '../features/sessions/sessions.repository.ts';
import * as sessionsByStatement from '../features/sessions/sessions.statements.ts';
import type { FindCaller } from '../features/sessions/session.ts';
import type { Database } from './database.ts';
import type { Db } from './db.ts';

/** What most requests do, each once through the ORM and once as a prepared statement behind one function type. */
export interface HotPaths {
  readonly findCaller: FindCaller;
  readonly findAppointment: FindAppointment;
  readonly findParticipants: FindParticipants;
  readonly insertAppointment: InsertAppointment;
  readonly listAppointments: ListAppointments;
  readonly lockRow: LockRow;
  readonly insertEvents: InsertEvents;
  readonly listEvents: ListEvents;
  readonly insertMessage: InsertMessage;
}

const hotPaths: Readonly<Record<Config['hotPaths'], HotPaths>> = {
  statements: pathsOf({
    ...sessionsByStatement,
    ...appointmentsByStatement,
    ...eventsByStatement,
    ...messagesByStatement,
  }),
  orm: pathsOf({ ...sessionsByOrm, ...appointmentsByOrm, ...eventsByOrm, ...messagesByOrm }),
};

/** What service functions take, with the version of the hot paths that the configuration chooses. */
export function dbOf(database: Database, config: Pick<Config, 'hotPaths'>): () => Db {
  const paths = hotPaths[config.hotPaths];
  return () => ({ orm: database.orm, paths });
}

function pathsOf(version: HotPaths): HotPaths {
  const { findCaller, findAppointment, findParticipants, insertAppointment, listAppointments } = version;
  const { lockRow, insertEvents, listEvents, insertMessage } = version;
  return {
    findCaller,
    findAppointment,
    findParticipants,
    insertAppointment,
    listAppointments,
    lockRow,
    insertEvents,
    listEvents,
    insertMessage,
  };
}
