import type { Served } from './http/routes.ts';
import { checkAccountChange, checkNewAccount, createAccount, getMe, updateMe } from './operations/accounts.ts';
import {
  cancelAppointment,
  checkAppointmentsCursor,
  getAppointment,
  listAppointments,
} from './operations/appointments.ts';
import { checkCounterpart, createAppointment } from './operations/booking.ts';
import { getAppointmentCalendar } from './operations/calendar.ts';
import * as calls from './operations/calls.ts';
import { checkDoctorsCursor, getDoctor, listBusyTimes, listDoctors } from './operations/doctors.ts';
import { streamEvents } from './operations/events.ts';
import * as messages from './operations/messages.ts';
import { getLiveness, getMeta, getMetrics, getReadiness } from './operations/operations.ts';
import { login, logout, logoutEverywhere } from './operations/sessions.ts';
import { checkSignal, sendSignal } from './operations/signals.ts';

/** The operations that the floor answers. */
export const served: ReadonlyMap<string, Served> = new Map<string, Served>([
  ['getMeta', { handle: getMeta }],
  ['getLiveness', { handle: getLiveness }],
  ['getReadiness', { handle: getReadiness }],
  ['getMetrics', { handle: getMetrics }],
  ['createAccount', { handle: createAccount, check: checkNewAccount }],
  ['login', { handle: login }],
  ['logout', { handle: logout }],
  ['logoutEverywhere', { handle: logoutEverywhere }],
  ['getMe', { handle: getMe }],
  ['updateMe', { handle: updateMe, check: checkAccountChange }],
  ['listDoctors', { handle: listDoctors, check: checkDoctorsCursor }],
  ['getDoctor', { handle: getDoctor }],
  ['listBusyTimes', { handle: listBusyTimes }],
  ['createAppointment', { handle: createAppointment, check: checkCounterpart }],
  ['listAppointments', { handle: listAppointments, check: checkAppointmentsCursor }],
  ['getAppointment', { handle: getAppointment }],
  ['cancelAppointment', { handle: cancelAppointment }],
  ['getAppointmentCalendar', { handle: getAppointmentCalendar }],
  ['joinCall', { handle: calls.joinCall }],
  ['keepPresence', { handle: calls.keepPresence }],
  ['leaveCall', { handle: calls.leaveCall }],
  ['endCall', { handle: calls.endCall }],
  ['sendSignal', { handle: sendSignal, check: checkSignal }],
  ['sendMessage', { handle: messages.sendMessage }],
  ['listMessages', { handle: messages.listMessages, check: messages.checkDirections }],
  ['getUnreadCounts', { handle: messages.getUnreadCounts }],
  ['showTyping', { handle: messages.showTyping }],
  ['markMessagesRead', { handle: messages.markMessagesRead }],
  ['streamEvents', { handle: streamEvents }],
]);
