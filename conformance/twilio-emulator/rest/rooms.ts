import type { Account } from '../account.ts';
import type { Room } from '../rooms/room.ts';
import { nameOf } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { TwilioError } from '../twilio-error.ts';
import { createdWithin, pageOf } from './paging.ts';
import { roomResource } from './representation.ts';
import type { RestRequest } from './request.ts';
import { readRoomSettings } from './room-settings.ts';

export type Answer = { status: number; body: object };
export type RestContext = { account: Account; rooms: Rooms; request: RestRequest };

/** POST /v1/Rooms */
export function createRoom({ account, rooms, request }: RestContext): Answer {
  const room = rooms.create(readRoomSettings(request.form));
  return { status: 201, body: roomResource(room, { ...account, ...request }) };
}

/** GET /v1/Rooms: those in progress unless another Status is asked for. */
export function listRooms({ account, rooms, request }: RestContext): Answer {
  const { query } = request;
  const status = query.get('Status') ?? 'in-progress';
  if (!['in-progress', 'completed', 'failed'].includes(status))
    throw new TwilioError(20001, 'Invalid parameter Status');
  const name = query.get('UniqueName');
  const items = createdWithin(rooms.all(), query, ({ createdAt }) => createdAt).filter(
    (room) => room.status === status && (name === null || nameOf(room) === name),
  );
  const filters = ['Status', 'UniqueName', 'DateCreatedAfter', 'DateCreatedBefore'];
  const listing = { key: 'rooms' as const, items, url: `${request.origin}/v1/Rooms`, filters, query };
  return { status: 200, body: pageOf(listing, (room) => roomResource(room, { ...account, ...request })) };
}

/** GET /v1/Rooms/{Sid} */
export function fetchRoom(context: RestContext, sid: string): Answer {
  const { account, request } = context;
  return { status: 200, body: roomResource(findRoom(context, sid), { ...account, ...request }) };
}

/** POST /v1/Rooms/{Sid}: Status=completed ends it. */
export function updateRoom(context: RestContext, sid: string): Answer {
  const { account, rooms, request } = context;
  const room = findRoom(context, sid);
  if (request.form.get('Status') !== 'completed') throw new TwilioError(53112);
  rooms.complete(room);
  return { status: 202, body: roomResource(room, { ...account, ...request }) };
}

/** The room of a path. Throws 20404. */
export function findRoom({ rooms, request }: RestContext, sid: string): Room {
  const room = rooms.find(sid);
  if (!room) throw notFound(request.path);
  return room;
}

/** Twilio's words for a path that names nothing. */
export function notFound(path: string): TwilioError {
  return new TwilioError(20404, `The requested resource ${path.replace(/^\/v1/, '')} was not found`);
}
