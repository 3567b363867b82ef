import { type Participant, presentIn, type Room } from '../rooms/room.ts';
import { TwilioError } from '../twilio-error.ts';
import { createdWithin, pageOf } from './paging.ts';
import { participantResource } from './representation.ts';
import { type Answer, findRoom, notFound, type RestContext } from './rooms.ts';

/** GET /v1/Rooms/{RoomSid}/Participants: while the room lives those in there, unless another Status is asked for. */
export function listParticipants(context: RestContext, roomSid: string): Answer {
  const { account, request } = context;
  const { query } = request;
  const room = findRoom(context, roomSid);
  const identity = query.get('Identity');
  const items = createdWithin(withStatus(room, query.get('Status')), query, ({ connectedAt }) => connectedAt)
    .filter((participant) => identity === null || participant.identity === identity)
    .toReversed();
  const filters = ['Status', 'DateCreatedAfter', 'DateCreatedBefore', 'Identity'];
  const url = `${request.origin}/v1/Rooms/${room.sid}/Participants`;
  const body = pageOf({ key: 'participants', items, url, filters, query }, (participant) =>
    participantResource(room, participant, { ...account, ...request }),
  );
  return { status: 200, body };
}

/** GET /v1/Rooms/{RoomSid}/Participants/{Sid} */
export function fetchParticipant(context: RestContext, roomSid: string, sid: string): Answer {
  const { account, request } = context;
  const room = findRoom(context, roomSid);
  const participant = findParticipant(context, room, sid);
  return { status: 200, body: participantResource(room, participant, { ...account, ...request }) };
}

/** POST /v1/Rooms/{RoomSid}/Participants/{Sid}: Status=disconnected puts one out. */
export function updateParticipant(context: RestContext, roomSid: string, sid: string): Answer {
  const { account, rooms, request } = context;
  const room = findRoom(context, roomSid);
  const participant = findParticipant(context, room, sid);
  if (request.form.get('Status') !== 'disconnected') throw new TwilioError(53209);
  rooms.disconnect(room, participant, 'removed');
  return { status: 202, body: participantResource(room, participant, { ...account, ...request }) };
}

function withStatus(room: Room, status: string | null): Participant[] {
  if (status === null && room.status === 'in-progress') return presentIn(room);
  const wanted = status ?? 'disconnected';
  if (!['connected', 'reconnecting', 'disconnected'].includes(wanted))
    throw new TwilioError(20001, 'Invalid parameter Status');
  return room.participants.filter((participant) => participant.status === wanted);
}

/** By sid whoever was ever there, by identity only who is there. */
function findParticipant({ request }: RestContext, room: Room, sidOrIdentity: string): Participant {
  const found =
    room.participants.find(({ sid }) => sid === sidOrIdentity) ??
    presentIn(room).find(({ identity }) => identity === sidOrIdentity);
  if (!found) throw notFound(request.path);
  return found;
}
