import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Form } from '../../http/operation.ts';
import { isInstant, toInstant } from '../../http/instants.ts';
import { Problem } from '../../problem.ts';
import type { Place } from '../calls/call.ts';
import { isConnected } from '../calls/calls.rules.ts';

/**
 * The signature that Twilio makes over the public URL and all fields, sorted by name; equal fields count once.
 *
 * @returns base64 of HMAC-SHA1
 */
export function signatureOf(url: string, form: Form, authToken: string): string {
  const fields = [...new Set(form.map(([name, value]) => JSON.stringify([name, value])))]
    .map((field): [string, string] => JSON.parse(field))
    .toSorted(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue));
  const signed = url + fields.flat().join('');
  return createHmac('sha1', authToken).update(signed).digest('base64');
}

/**
 * @throws Problem invalid-signature
 * @rule webhooks/signature
 */
export function mustBeSigned(signature: string | undefined, expected: string): void {
  const [given, wanted] = [Buffer.from(signature ?? ''), Buffer.from(expected)];
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new Problem('invalid-signature', 'The signature does not fit; sign PUBLIC_URL with its path and all fields.');
}

/** What happened in a room. */
export interface RoomStatus {
  readonly event: 'participant-connected' | 'participant-disconnected' | 'room-ended';
  readonly roomName: string;
  readonly roomSid: string | undefined;
  readonly at: Date;
  /** The participant's account id. */
  readonly identity: string | undefined;
  /** The id of the participant's one connection. */
  readonly participantSid: string | undefined;
}

const events = ['participant-connected', 'participant-disconnected', 'room-ended'] as const;

/** What a callback says; undefined when that is nothing we go by. */
export function roomStatusOf(form: Form): RoomStatus | undefined {
  const fields = new Map(form);
  const event = events.find((name) => name === fields.get('StatusCallbackEvent'));
  const timestamp = fields.get('Timestamp');
  const roomName = fields.get('RoomName');
  if (event === undefined || roomName === undefined || timestamp === undefined || !isInstant(timestamp))
    return undefined;
  return {
    event,
    roomName,
    roomSid: fields.get('RoomSid'),
    at: toInstant(timestamp),
    identity: fields.get('ParticipantIdentity')?.toLowerCase(),
    participantSid: fields.get('ParticipantSid'),
  };
}

/**
 * The place after its owner connected at `at`; undefined when that is old news. A disconnect at the same instant wins, unless
 * it is known to be that of another connection: one device took over from another.
 *
 * @rule webhooks/room-status
 */
export function afterConnect(place: Place, at: Date, sid: string | undefined): Place | undefined {
  const isOther = sid !== undefined && place.sid !== null && sid !== place.sid;
  const isEarlier = (other: Date | null) => other !== null && at < other;
  const isSame = (other: Date | null) => at.getTime() === other?.getTime();
  const hasLeft = [place.leftAt, place.toldLeftAt].some((left) => isEarlier(left) || (isSame(left) && !isOther));
  const isRepeat = isConnected(place, at) && !isOther;
  if (isEarlier(place.connectedAt) || hasLeft || isRepeat) return undefined;
  return { ...place, connectedAt: at, leftAt: null, sid: sid ?? place.sid };
}

/**
 * The place after its owner disconnected at `at`; undefined when that is old news, or that of a connection which another one
 * has replaced. A disconnect that comes before its connect is remembered, so that the connect is late.
 *
 * @rule webhooks/room-status
 */
export function afterDisconnect(place: Place, at: Date, sid: string | undefined): Place | undefined {
  const { connectedAt, leftAt, toldLeftAt } = place;
  const isReplaced = sid !== undefined && place.sid !== null && sid !== place.sid && isConnected(place, at);
  if (isReplaced || (connectedAt && at < connectedAt) || (toldLeftAt && at <= toldLeftAt)) return undefined;
  return { ...place, connectedAt: connectedAt ?? at, leftAt: leftAt ?? at, sid: sid ?? place.sid, toldLeftAt: at };
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
