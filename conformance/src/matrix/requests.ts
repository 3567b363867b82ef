import { randomUUID } from 'node:crypto';
import type { SendOptions } from '../actors.ts';
import type { OperationId } from '../driver/answer.ts';
import { fromNow } from '../instants.ts';
import type { Cell } from './cells.ts';
import type { PersonName, Stage } from './stage.ts';

type Build = (stage: Stage, cell: Cell) => SendOptions | Promise<SendOptions>;

const nothing = (): SendOptions => ({});

/** The good request of a cell, with whatever must have happened before it. */
export const requests: Readonly<Record<OperationId, Build>> = {
  getMeta: nothing,
  getLiveness: nothing,
  getReadiness: nothing,
  getMetrics: nothing,
  login: (stage) => ({ body: { email: stage.person('user').email, password: stage.person('user').password } }),
  createAccount: (stage) => ({
    body: { email: stage.person('user').email, password: 'long enough for anybody', displayName: 'Duet', role: 'user' },
  }),
  receiveRoomStatus: () => ({ rawBody: 'RoomName=none', contentType: 'application/x-www-form-urlencoded' }),
  logout: async (stage, cell) => {
    const person = sessionHolder(cell);
    return person ? { token: (await stage.person(person).logInAgain()).token } : {};
  },
  logoutEverywhere: nothing,
  getMe: nothing,
  updateMe: () => ({ body: { timeZone: 'UTC' } }),
  listDoctors: nothing,
  listAppointments: nothing,
  getUnreadCounts: nothing,
  streamEvents: nothing,
  getDoctor: (stage, { object }) => ({ path: { doctorId: accountId(stage, object) } }),
  listBusyTimes: (stage, { object }) => ({
    path: { doctorId: accountId(stage, object) },
    query: { from: fromNow({}), to: fromNow({ days: 1 }) },
  }),
  createAppointment: (stage, cell) => ({
    body: { ...counterpart(stage, cell), startsAt: stage.freeStart(), durationMinutes: 30 },
  }),
  getAppointment: open(),
  getAppointmentCalendar: open(),
  cancelAppointment: async (stage, { object }) => ({
    path: { appointmentId: (await stage.freshAppointment(object)).id },
    body: {},
  }),
  joinCall: open(),
  keepPresence: open(async (stage, cell) => ({ connectionId: await connectionId(stage, cell) })),
  leaveCall: open(async (stage, cell) => ({ connectionId: await connectionId(stage, cell) })),
  endCall: async (stage, { object }) => ({ path: { appointmentId: (await stage.common(object)).ending.id } }),
  sendSignal: open(async (stage, { actor, object }) => ({
    ...(await stage.connection(actor, object)),
    clientId: randomUUID(),
    type: 'media',
    data: {},
  })),
  sendMessage: open(async () => ({ clientId: randomUUID(), body: 'Good morning' })),
  listMessages: open(),
  showTyping: open(),
  markMessagesRead: open(async (stage, { object }) => ({ upTo: (await stage.common(object)).messageId })),
};

/** A request about the appointment whose call can be joined. */
function open(body?: (stage: Stage, cell: Cell) => Promise<object>): Build {
  return async (stage, cell) => ({
    path: { appointmentId: (await stage.common(cell.object)).open.id },
    ...(body && { body: await body(stage, cell) }),
  });
}

async function connectionId(stage: Stage, { actor, object }: Cell): Promise<string> {
  return (await stage.connection(actor, object)).connectionId;
}

function accountId(stage: Stage, object: string): string {
  return object === 'nothing' ? randomUUID() : stage.person(object as PersonName).id;
}

/** A user names doctorId and a doctor userId; who is nobody to the server asks as a user. */
function counterpart(stage: Stage, { actor, object }: Cell): object {
  const isDoctor = actor === 'doctor' || actor === 'otherDoctor';
  if (object === 'misnamed')
    return isDoctor ? { doctorId: stage.person('user').id } : { userId: stage.person('doctor').id };
  return { [isDoctor ? 'userId' : 'doctorId']: accountId(stage, object) };
}

function sessionHolder({ actor }: Cell): PersonName | undefined {
  return actor === 'nobody' || actor === 'malformed' || actor === 'revoked' ? undefined : actor;
}
