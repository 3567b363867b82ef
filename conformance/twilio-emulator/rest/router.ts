import { TwilioError } from '../twilio-error.ts';
import { authenticate } from './authentication.ts';
import { fetchParticipant, listParticipants, updateParticipant } from './participants.ts';
import { isForeignBody } from './request.ts';
import { type Answer, createRoom, fetchRoom, listRooms, notFound, type RestContext, updateRoom } from './rooms.ts';

type Methods = { GET?: () => Answer; POST?: () => Answer };

/** Answers a request to Twilio's REST API. Throws a TwilioError for every refusal. */
export function route(context: RestContext): Answer {
  const { account, rooms, request } = context;
  authenticate(request.authorization, account);
  rooms.sweep();
  const methods = methodsOf(context);
  if (!methods) throw notFound(request.path);
  const operation = request.method === 'GET' ? methods.GET : request.method === 'POST' ? methods.POST : undefined;
  if (!operation) throw new TwilioError(20004);
  if (isForeignBody(request)) throw new TwilioError(20001, 'The body must be application/x-www-form-urlencoded');
  return operation();
}

function methodsOf(context: RestContext): Methods | null {
  const [version, collection, room, participants, participant, ...rest] = context.request.segments;
  if (version !== 'v1' || collection !== 'Rooms' || rest.length > 0) return null;
  if (room === undefined) return { GET: () => listRooms(context), POST: () => createRoom(context) };
  if (participants === undefined) return { GET: () => fetchRoom(context, room), POST: () => updateRoom(context, room) };
  if (participants !== 'Participants') return null;
  if (participant === undefined) return { GET: () => listParticipants(context, room) };
  return {
    GET: () => fetchParticipant(context, room, participant),
    POST: () => updateParticipant(context, room, participant),
  };
}
