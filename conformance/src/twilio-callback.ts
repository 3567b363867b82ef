import { randomBytes } from 'node:crypto';
import { signatureOf } from '../twilio-emulator/callbacks/signature.ts';
import type { Answer } from './driver/answer.ts';
import type { TestTarget } from './rule.ts';
import { accessOf, type TwilioRoom } from './twilio-room.ts';

export type CallbackFields = Record<string, string>;

export type NamedRoom = Pick<TwilioRoom, 'name' | 'sid' | 'accountSid'>;

export type CallbackOptions = {
  /** Another signature than the right one; null sends none. */
  signature?: string | null;
  replica?: number;
  now?: string;
  headers?: Record<string, string>;
  contentType?: string | null;
  rawBody?: string | Uint8Array;
};

/** An id as Twilio makes them. */
export function newSid(prefix: 'PA' | 'RM'): string {
  return prefix + randomBytes(16).toString('hex');
}

/** The fields of a callback about somebody in a room, of a connection of its own unless `fields` say otherwise. */
export function callbackAbout(
  room: NamedRoom,
  person: { id: string },
  event: 'participant-connected' | 'participant-disconnected',
  at: string,
  fields: CallbackFields = {},
): CallbackFields {
  return {
    ...callbackOf(room, event, at),
    ParticipantSid: newSid('PA'),
    ParticipantIdentity: person.id,
    ParticipantStatus: event === 'participant-connected' ? 'connected' : 'disconnected',
    ...fields,
  };
}

/** The fields of a callback about a room. */
export function callbackOf(room: NamedRoom, event: string, at: string, fields: CallbackFields = {}): CallbackFields {
  return {
    AccountSid: room.accountSid,
    RoomName: room.name,
    RoomSid: room.sid,
    RoomStatus: event === 'room-ended' ? 'completed' : 'in-progress',
    RoomType: 'group',
    StatusCallbackEvent: event,
    Timestamp: at,
    SequenceNumber: '1',
    ...fields,
  };
}

/** Calls back as Twilio does, signed over the room's callback URL and all fields unless told otherwise. */
export function callBack(
  target: TestTarget,
  room: Pick<TwilioRoom, 'callbackUrl'>,
  fields: CallbackFields,
  options: CallbackOptions = {},
): Promise<Answer> {
  const { signature = signed(target, room.callbackUrl, fields), headers, contentType, replica, now } = options;
  return target.nobody.send('receiveRoomStatus', {
    rawBody: options.rawBody ?? new URLSearchParams(fields).toString(),
    contentType: contentType === undefined ? 'application/x-www-form-urlencoded' : contentType,
    headers: { ...(signature !== null && { 'x-twilio-signature': signature }), ...headers },
    ...(replica !== undefined && { replica }),
    ...(now !== undefined && { now }),
  });
}

/** The X-Twilio-Signature of the target's account over a URL and these fields. */
export function signed(target: TestTarget, url: string, fields: CallbackFields): string {
  return signatureOf(accessOf(target).authToken, url, fields);
}
