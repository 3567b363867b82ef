import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import type { ScenarioName } from '../../study/records.ts';
import type { Sighting, World } from './order.ts';

/** One request: what was answered, and what is wrong with the answer when it is looked at in full. */
export type Step = {
  response: RefinedResponse<ResponseType>;
  isExpected: boolean;
  isWrite: boolean;
  difference(): string | null;
};

/** `turn` counts a virtual user's requests in a world from 0, whatever the scenario, so no write is made twice. */
export type Scenario = (url: string, world: World, turn: number, isCompared: boolean) => Step;

const MINUTES_5 = 300_000;
/** The last place of a calendar that a mixed day books, counted from `freeFrom`; appointments are at most 365 days ahead. */
const LAST_PLACE = (330 * 24 * 60) / 5;
const keys = {
  appointment:
    'call,cancelReason,cancelledAt,cancelledBy,createdAt,doctor,durationMinutes,endsAt,id,reason,startsAt,status,user',
  message: 'appointmentId,body,clientId,id,senderId,sentAt',
  session: 'account,expiresAt,id,token',
};

export const scenarios: Record<ScenarioName, Scenario> = {
  'point-read': (url, world, turn, isCompared) => {
    const page = world.appointments[turn % world.appointments.length] ?? world.list;
    return read(url, page, world.reader.token, isCompared);
  },
  list: (url, world, _turn, isCompared) => read(url, world.list, world.reader.token, isCompared),
  booking,
  message,
  login,
  'mixed-day': mixedDay,
};

/** Of 100 requests of a day: 45 look at an appointment, 25 at the list, 20 write, 8 book, 2 log in. */
function mixedDay(url: string, world: World, turn: number, isCompared: boolean): Step {
  const place = (turn * 37) % 100;
  if (place < 45) return scenarios['point-read'](url, world, turn, isCompared);
  if (place < 70) return scenarios.list(url, world, turn, isCompared);
  if (place < 90) return message(url, world, turn, isCompared);
  if (place >= 98) return login(url, world, turn, isCompared);
  // From the far end of the calendar: one place a booking and not one a turn, so that a long day finds room.
  const earlier = Math.floor(turn / 100) * 8 + place - 90;
  return booking(url, world, LAST_PLACE - earlier, isCompared);
}

function read(url: string, page: { path: string; text: string }, token: string, isCompared: boolean): Step {
  const response = http.get(url + page.path, options(token, isCompared));
  return {
    response,
    isExpected: response.status === 200,
    isWrite: false,
    difference: () => (response.body === page.text ? null : `${page.path} answers ${response.body}, not ${page.text}`),
  };
}

function booking(url: string, { doctor, writer, freeFrom }: World, place: number, isCompared: boolean): Step {
  const startsAt = new Date(freeFrom + place * MINUTES_5).toISOString();
  const body = { doctorId: doctor.id, startsAt, durationMinutes: 5, reason: `visit ${place}` };
  return write(`${url}/v1/appointments`, body, writer.token, isCompared, (told) =>
    differenceIn(told, keys.appointment, {
      startsAt,
      durationMinutes: 5,
      reason: body.reason,
      status: 'scheduled',
      cancelledAt: null,
    }),
  );
}

function message(url: string, { writer, appointmentId }: World, turn: number, isCompared: boolean): Step {
  const clientId = uuidOf(writer.id, turn);
  const body = {
    clientId,
    body: `A message of middling length, as people write, sent at ${Date.now()}. Number ${turn}.`,
  };
  const address = `${url}/v1/appointments/${appointmentId}/messages`;
  return write(address, body, writer.token, isCompared, (told) =>
    differenceIn(told, keys.message, { ...body, appointmentId, senderId: writer.id }),
  );
}

function login(url: string, { writer }: World, _turn: number, isCompared: boolean): Step {
  const { email, password } = writer;
  return write(`${url}/v1/sessions`, { email, password }, null, isCompared, (told) =>
    differenceIn(told, keys.session, {}),
  );
}

function write(
  url: string,
  body: object,
  token: string | null,
  isCompared: boolean,
  differs: (told: Record<string, unknown>) => string | null,
): Step {
  const response = http.post(url, JSON.stringify(body), options(token, isCompared));
  return {
    response,
    isExpected: response.status === 201,
    isWrite: true,
    difference: () => differs(response.json() as Record<string, unknown>),
  };
}

/** The bodies of answers that nobody compares are not kept: the generator has the same cores as the servers. */
function options(token: string | null, isCompared: boolean) {
  return {
    headers: {
      'Content-Type': 'application/json',
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    },
    responseType: isCompared ? ('text' as const) : ('none' as const),
  };
}

function differenceIn(
  told: Record<string, unknown>,
  expectedKeys: string,
  members: Record<string, unknown>,
): string | null {
  const found = Object.keys(told).toSorted().join();
  if (found !== expectedKeys) return `an answer has the members ${found}, not ${expectedKeys}`;
  for (const [name, expected] of Object.entries(members)) {
    if (told[name] !== expected) return `${name} is ${JSON.stringify(told[name])}, not ${JSON.stringify(expected)}`;
  }
  return null;
}

/** A UUID (version 8, made by rule) that no other virtual user and turn has. */
function uuidOf(id: string, turn: number): string {
  return `${id.slice(0, 14)}8${id.slice(15, 24)}${turn.toString(16).padStart(12, '0')}`;
}

/** Compares an answer in full where that is asked, and keeps the first that was not what it had to be. */
export function judge(
  step: Step,
  isCompared: boolean,
  seen: Pick<Sighting, 'compared' | 'mismatches' | 'complaint'>,
): void {
  if (!step.isExpected) seen.complaint ??= `status ${step.response.status} ${step.response.error}`;
  if (!step.isExpected || !isCompared) return;
  seen.compared += 1;
  const difference = step.difference();
  if (difference === null) return;
  seen.mismatches += 1;
  seen.complaint ??= difference;
}
