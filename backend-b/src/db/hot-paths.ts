import * as appointmentsByOrm from '../features/appointments/appointments.repository.ts';
import * as appointmentsByStatement from '../features/appointments/appointments.statements.ts';
import type {
  FindAppointment,
  FindBookingFacts,
  InsertBooking,
  ListAppointments,
} from '../features/appointments/appointments.repository.ts';
import * as sessionsByOrm from '../features/sessions/sessions.repository.ts';
import * as sessionsByStatement from '../features/sessions/sessions.statements.ts';
import * as eventsByOrm from '../features/events/events.repository.ts';
import * as eventsByStatement from '../features/events/events.statements.ts';
import type { InsertEvents, ListEvents } from '../features/events/events.repository.ts';
import * as messagesByOrm from '../features/messages/messages.repository.ts';
import * as messagesByStatement from '../features/messages/messages.statements.ts';
import type { InsertMessage } from '../features/messages/messages.repository.ts';
import type { FindCaller } from '../features/sessions/sessions.repository.ts';

/** What most requests wait for. Each stands twice: by Prisma's client, and as one named statement. */
export interface HotPaths {
  findCallerByToken: FindCaller;
  findAppointment: FindAppointment;
  listAppointments: ListAppointments;
  findBookingFacts: FindBookingFacts;
  insertBooking: InsertBooking;
  insertMessage: InsertMessage;
  insertEvents: InsertEvents;
  listEvents: ListEvents;
}

export const hotPaths: Record<'orm' | 'statements', HotPaths> = {
  orm: {
    findCallerByToken: sessionsByOrm.findCallerByToken,
    findAppointment: appointmentsByOrm.findAppointment,
    listAppointments: appointmentsByOrm.listAppointments,
    findBookingFacts: appointmentsByOrm.findBookingFacts,
    insertBooking: appointmentsByOrm.insertBooking,
    insertMessage: messagesByOrm.insertMessage,
    insertEvents: eventsByOrm.insertEvents,
    listEvents: eventsByOrm.listEvents,
  },
  statements: {
    findCallerByToken: sessionsByStatement.findCallerByToken,
    findAppointment: appointmentsByStatement.findAppointment,
    listAppointments: appointmentsByStatement.listAppointments,
    findBookingFacts: appointmentsByStatement.findBookingFacts,
    insertBooking: appointmentsByStatement.insertBooking,
    insertMessage: messagesByStatement.insertMessage,
    insertEvents: eventsByStatement.insertEvents,
    listEvents: eventsByStatement.listEvents,
  },
};
