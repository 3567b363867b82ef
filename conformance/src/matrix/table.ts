import type { operations as Operations } from '@duet/contract/types';
import type { OperationId } from '../driver/answer.ts';

/** Who asks. `doctor` and `user` have an appointment with one another, `otherDoctor` and `otherUser` another one. */
export const ACTORS = ['nobody', 'malformed', 'revoked', 'doctor', 'user', 'otherDoctor', 'otherUser'] as const;
export type ActorName = (typeof ACTORS)[number];

/** Status and problem code, as the contract has them. */
export type Outcome =
  | '200' | '201' | '202' | '204'
  | '400 validation-failed' | '401 unauthenticated' | '403 forbidden-role' | '403 invalid-signature' | '404 not-found'
  | '409 email-taken' | '409 wrong-provider' | '422 unknown-participant'; // prettier-ignore
export type Expected = Outcome | { peer: Outcome; twilio: Outcome };
/** One answer for each of ACTORS, in their order. */
type Row = readonly [nobody: Expected, malformed: Expected, revoked: Expected, doctor: Expected, user: Expected, otherDoctor: Expected, otherUser: Expected]; // prettier-ignore

/** Whose the object is: of both named, or there is no such thing. */
export type AppointmentObject = 'of doctor and user' | 'of the others' | 'nothing';
export type AccountObject = 'doctor' | 'user' | 'otherDoctor' | 'otherUser' | 'nothing';
/** Whom a booking names; `misnamed`: the right person, as what the caller must not name. */
export type CounterpartObject = AccountObject | 'misnamed';
export type ObjectName = AppointmentObject | CounterpartObject | 'none';

type ObjectsOf<Id extends OperationId> = Id extends 'createAppointment'
  ? CounterpartObject
  : Operations[Id]['parameters'] extends { path: { appointmentId: unknown } }
    ? AppointmentObject
    : Operations[Id]['parameters'] extends { path: { doctorId: unknown } }
      ? AccountObject
      : 'none';

type Table = { readonly [Id in OperationId]: { readonly [Name in ObjectsOf<Id>]: Row } };

const NO = '401 unauthenticated';
const HIDDEN = '404 not-found';
const UNKNOWN = '422 unknown-participant';
const WRONG = '400 validation-failed';
const SIGNAL = { peer: '202', twilio: '409 wrong-provider' } as const;
const UNSIGNED = { peer: '404 not-found', twilio: '403 invalid-signature' } as const;

/** What each operation answers to whom about whose: a good request, sent by everybody. */
export const TABLE: Table = {
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  getMeta:          { none: ['200',    '200',    '200',    '200',    '200',    '200',    '200'] },
  getLiveness:      { none: ['200',    '200',    '200',    '200',    '200',    '200',    '200'] },
  getReadiness:     { none: ['200',    '200',    '200',    '200',    '200',    '200',    '200'] },
  getMetrics:       { none: ['200',    '200',    '200',    '200',    '200',    '200',    '200'] },
  login:            { none: ['201',    '201',    '201',    '201',    '201',    '201',    '201'] },
  createAccount: {
    none: ['409 email-taken', '409 email-taken', '409 email-taken', '409 email-taken', '409 email-taken', '409 email-taken', '409 email-taken'],
  },
  receiveRoomStatus: { none: [UNSIGNED, UNSIGNED, UNSIGNED, UNSIGNED, UNSIGNED, UNSIGNED, UNSIGNED] },
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  logout:           { none: [NO,       NO,       NO,       '204',    '204',    '204',    '204'] },
  logoutEverywhere: { none: [NO,       NO,       NO,       '204',    '204',    '204',    '204'] },
  getMe:            { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  updateMe:         { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  listDoctors:      { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  listAppointments: { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  getUnreadCounts:  { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  streamEvents:     { none: [NO,       NO,       NO,       '200',    '200',    '200',    '200'] },
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  getDoctor: {
    doctor:                 [NO,       NO,       NO,       '200',    '200',    '200',    '200'],
    user:                   [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
    otherDoctor:            [NO,       NO,       NO,       '200',    '200',    '200',    '200'],
    otherUser:              [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  listBusyTimes: {
    doctor:                 [NO,       NO,       NO,       '200',    '200',    '200',    '200'],
    user:                   [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
    otherDoctor:            [NO,       NO,       NO,       '200',    '200',    '200',    '200'],
    otherUser:              [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  createAppointment: {
    doctor:                 [NO,       NO,       NO,       UNKNOWN,  '201',    UNKNOWN,  '201'],
    user:                   [NO,       NO,       NO,       '201',    UNKNOWN,  '201',    UNKNOWN],
    otherDoctor:            [NO,       NO,       NO,       UNKNOWN,  '201',    UNKNOWN,  '201'],
    otherUser:              [NO,       NO,       NO,       '201',    UNKNOWN,  '201',    UNKNOWN],
    nothing:                [NO,       NO,       NO,       UNKNOWN,  UNKNOWN,  UNKNOWN,  UNKNOWN],
    misnamed:               [NO,       NO,       NO,       WRONG,    WRONG,    WRONG,    WRONG],
  },
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  getAppointment: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '200',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '200'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  getAppointmentCalendar: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '200',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '200'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  cancelAppointment: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '200',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '200'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  joinCall: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '200',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '200'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  keepPresence: {
    'of doctor and user':   [NO,       NO,       NO,       '204',    '204',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '204',    '204'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  leaveCall: {
    'of doctor and user':   [NO,       NO,       NO,       '204',    '204',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '204',    '204'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  endCall: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '403 forbidden-role', HIDDEN, HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '403 forbidden-role'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  sendSignal: {
    'of doctor and user':   [NO,       NO,       NO,       SIGNAL,   SIGNAL,   HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   SIGNAL,   SIGNAL],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  //                         nobody    malformed revoked   doctor    user      otherDoctor otherUser
  sendMessage: {
    'of doctor and user':   [NO,       NO,       NO,       '201',    '201',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '201',    '201'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  listMessages: {
    'of doctor and user':   [NO,       NO,       NO,       '200',    '200',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '200',    '200'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  showTyping: {
    'of doctor and user':   [NO,       NO,       NO,       '204',    '204',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '204',    '204'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
  markMessagesRead: {
    'of doctor and user':   [NO,       NO,       NO,       '204',    '204',    HIDDEN,   HIDDEN],
    'of the others':        [NO,       NO,       NO,       HIDDEN,   HIDDEN,   '204',    '204'],
    nothing:                [NO,       NO,       NO,       HIDDEN,   HIDDEN,   HIDDEN,   HIDDEN],
  },
}; // prettier-ignore
