import type { CallerContext, CallerHandler, Check, Context, OpenHandler } from './context.ts';
import * as accounts from './handlers/accounts.ts';
import * as appointments from './handlers/appointments.ts';
import * as booking from './handlers/booking.ts';
import * as calls from './handlers/calls.ts';
import * as doctors from './handlers/doctors.ts';
import * as events from './handlers/events.ts';
import * as messages from './handlers/messages.ts';
import * as operations from './handlers/operations.ts';
import * as sessions from './handlers/sessions.ts';
import * as signals from './handlers/signals.ts';

/** By operationId. An operation that is in neither table is an unknown path to the specimen. */
export const openHandlers: Record<string, OpenHandler> = {
  getMeta: operations.getMeta,
  getLiveness: operations.getLiveness,
  getReadiness: operations.getReadiness,
  getMetrics: operations.getMetrics,
  createAccount: accounts.createAccount,
  login: sessions.login,
};

export const callerHandlers: Record<string, CallerHandler> = {
  logout: sessions.logout,
  logoutEverywhere: sessions.logoutEverywhere,
  getMe: accounts.getMe,
  updateMe: accounts.updateMe,
  listDoctors: doctors.listDoctors,
  getDoctor: doctors.getDoctor,
  listBusyTimes: doctors.listBusyTimes,
  createAppointment: booking.createAppointment,
  listAppointments: appointments.listAppointments,
  getAppointment: appointments.getAppointment,
  cancelAppointment: appointments.cancelAppointment,
  getAppointmentCalendar: appointments.getAppointmentCalendar,
  joinCall: calls.joinCall,
  keepPresence: calls.keepPresence,
  leaveCall: calls.leaveCall,
  endCall: calls.endCall,
  sendSignal: signals.sendSignal,
  sendMessage: messages.sendMessage,
  listMessages: messages.listMessages,
  getUnreadCounts: messages.getUnreadCounts,
  showTyping: messages.showTyping,
  markMessagesRead: messages.markMessagesRead,
  streamEvents: events.streamEvents,
};

export const openChecks: Record<string, Check<Context>> = { createAccount: accounts.checkNewAccount };

export const callerChecks: Record<string, Check<CallerContext>> = {
  updateMe: accounts.checkAccountChange,
  listDoctors: doctors.checkListDoctors,
  listAppointments: appointments.checkListAppointments,
  createAppointment: booking.checkBooking,
  sendSignal: signals.checkSignal,
  listMessages: messages.checkListMessages,
};

export const isHandled = (operationId: string): boolean => operationId in openHandlers || operationId in callerHandlers;
