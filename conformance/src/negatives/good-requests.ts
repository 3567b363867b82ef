import { randomUUID } from 'node:crypto';
import { type Actor, type Person, type SendOptions, uniqueName } from '../actors.ts';
import type { OperationId } from '../driver/answer.ts';
import { fromNow } from '../instants.ts';
import type { Place } from './request-schema.ts';

/** Who sends, and what there is to name: two accounts, and two appointments of them that are a day and more away. */
export type Desk = {
  nobody: Actor;
  doctor: Person;
  user: Person;
  appointment: { id: string };
  /** Another one, which may be cancelled. */
  spare: { id: string };
};

export type GoodRequest = {
  actor: Actor;
  options: SendOptions;
  /** The statuses of a request that is not refused for its shape. */
  answers: readonly number[];
};

/** A start that the shape of a request has nothing against, and that is refused for being past. */
const LONG_AGO = '2001-01-01T10:00:00Z';

type Build = (desk: Desk, place: Place) => GoodRequest;

const on = ({ id }: { id: string }): SendOptions => ({ path: { appointmentId: id } });
const connection = () => ({ connectionId: randomUUID() });

/**
 * A good request of each operation. Where it can, it asks for what has no effect: a doctor without an invite code,
 * an appointment in the past, a message that is not there. No such request makes the server hash a password but login's.
 */
export const goodRequests: Readonly<Record<OperationId, Build>> = {
  getMeta: ({ nobody }) => ({ actor: nobody, options: {}, answers: [200] }),
  getLiveness: ({ nobody }) => ({ actor: nobody, options: {}, answers: [200] }),
  getReadiness: ({ nobody }) => ({ actor: nobody, options: {}, answers: [200] }),
  getMetrics: ({ nobody }) => ({ actor: nobody, options: {}, answers: [200] }),
  createAccount: ({ nobody }) => ({ actor: nobody, options: { body: uninvited() }, answers: [201, 403, 409] }),
  login: ({ nobody }) => ({ actor: nobody, options: { body: unknownCredentials() }, answers: [401, 429] }),
  logout: ({ user }) => ({ actor: user, options: {}, answers: [] }),
  logoutEverywhere: ({ user }) => ({ actor: user, options: {}, answers: [] }),
  getMe: ({ user }) => ({ actor: user, options: {}, answers: [200] }),
  updateMe: ({ doctor }) => ({
    actor: doctor,
    options: { body: { displayName: 'Duet doctor', timeZone: 'UTC' } },
    answers: [200],
  }),
  listDoctors: ({ user }) => ({ actor: user, options: {}, answers: [200] }),
  getDoctor: ({ user, doctor }) => ({ actor: user, options: { path: { doctorId: doctor.id } }, answers: [200] }),
  listBusyTimes: ({ user, doctor }) => ({
    actor: user,
    options: { path: { doctorId: doctor.id }, query: { from: fromNow({}), to: fromNow({ days: 1 }) } },
    answers: [200, 422],
  }),
  createAppointment: ({ doctor, user }, { pointer }) => {
    const [actor, counterpart] =
      pointer === '/userId' ? [doctor, { userId: user.id }] : [user, { doctorId: doctor.id }];
    const body = { ...counterpart, startsAt: LONG_AGO, durationMinutes: 30 };
    return { actor, options: { body }, answers: [201, 422] };
  },
  listAppointments: ({ user }) => ({ actor: user, options: {}, answers: [200, 422] }),
  getAppointment: ({ user, appointment }) => ({ actor: user, options: on(appointment), answers: [200, 304] }),
  cancelAppointment: ({ user, spare }) => ({
    actor: user,
    options: { ...on(spare), body: {} },
    answers: [200, 409, 412],
  }),
  getAppointmentCalendar: ({ user, appointment }) => ({ actor: user, options: on(appointment), answers: [200] }),
  joinCall: ({ user, appointment }) => ({ actor: user, options: on(appointment), answers: [409] }),
  keepPresence: ({ user, appointment }) => ({
    actor: user,
    options: { ...on(appointment), body: connection() },
    answers: [204, 409],
  }),
  leaveCall: ({ user, appointment }) => ({
    actor: user,
    options: { ...on(appointment), body: connection() },
    answers: [204],
  }),
  endCall: ({ doctor, appointment }) => ({ actor: doctor, options: on(appointment), answers: [409] }),
  sendSignal: ({ user, appointment }) => ({
    actor: user,
    options: {
      ...on(appointment),
      body: { ...connection(), clientId: randomUUID(), epoch: 0, type: 'media', data: {} },
    },
    answers: [409],
  }),
  sendMessage: ({ user, appointment }) => ({
    actor: user,
    options: { ...on(appointment), body: { clientId: randomUUID(), body: 'Good morning' } },
    answers: [200, 201],
  }),
  listMessages: ({ user, appointment }) => ({ actor: user, options: on(appointment), answers: [200, 422] }),
  getUnreadCounts: ({ user }) => ({ actor: user, options: {}, answers: [200] }),
  showTyping: ({ user, appointment }) => ({ actor: user, options: on(appointment), answers: [204] }),
  markMessagesRead: ({ user, appointment }) => ({
    actor: user,
    options: { ...on(appointment), body: { upTo: randomUUID() } },
    answers: [422],
  }),
  streamEvents: ({ user }) => ({ actor: user, options: {}, answers: [200] }),
  receiveRoomStatus: ({ nobody }) => ({ actor: nobody, options: {}, answers: [204] }),
};

function uninvited(): object {
  const name = uniqueName();
  const email = `uninvited-${name}@duet.invalid`;
  return { email, password: `password of ${name}`, displayName: `Duet ${name}`, role: 'doctor' };
}

function unknownCredentials(): object {
  return { email: `unknown-${uniqueName()}@duet.invalid`, password: 'the password of nobody' };
}
