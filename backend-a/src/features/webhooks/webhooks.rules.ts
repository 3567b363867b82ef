import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Form } from '../../http/operation.ts';
import { isInstant, toInstant } from '../../http/instants.ts';
import { Problem } from '../../problem.ts';
import type { Place } from '../calls/call.ts';

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

/** What the provider has told of one connection of a participant: the latest of each. */
export interface Told {
  readonly sid: string;
  readonly connectedAt: Date | null;
  readonly disconnectedAt: Date | null;
}

/**
 * What is known of a connection after a callback; undefined when it is nothing new. It comes down to the timestamps, in
 * whatever order callbacks arrive.
 *
 * @rule webhooks/room-status
 */
export function afterCallback(told: Told, { event, at }: Pick<RoomStatus, 'event' | 'at'>): Told | undefined {
  const member = event === 'participant-connected' ? 'connectedAt' : 'disconnectedAt';
  const known = told[member];
  return known && known >= at ? undefined : { ...told, [member]: at };
}

/** Whether a connection is up. Of a connect and a disconnect at the same instant the disconnect wins. */
export function isUp({ connectedAt, disconnectedAt }: Told): boolean {
  return connectedAt !== null && (disconnectedAt === null || connectedAt > disconnectedAt);
}

/**
 * A place after one of its owner's connections, which was `before`, has changed; undefined when its owner is as before. One is connected while any
 * connection is up: a device that takes over connects before the other one is gone.
 *
 * @rule webhooks/room-status
 */
export function placeAfter(place: Place, all: readonly Told[], before: Told): Place | undefined {
  const isConnected = place.connectedAt !== null && place.leftAt === null;
  const connectedAt = latest(all.filter(isUp).map((told) => told.connectedAt));
  if (connectedAt) return isConnected ? undefined : { ...place, connectedAt, leftAt: null };
  const leftAt = latest(all.map(({ disconnectedAt }) => disconnectedAt));
  const isNews = isConnected || (before.disconnectedAt === null && isLater(leftAt, place.leftAt));
  return isNews && leftAt ? { ...place, connectedAt: place.connectedAt ?? leftAt, leftAt } : undefined;
}

function latest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, each) => (isLater(each, last) ? each : last), null);
}

function isLater(one: Date | null, other: Date | null): boolean {
  return one !== null && (other === null || one > other);
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
