import { isInstant, toInstant } from '../../http/instants.ts';
import type { Participant } from '../calls/calls.state.ts';

/** What a callback tells, as far as it matters here. */
export type RoomStatus = RoomEnd | PresenceStatus;

interface RoomFacts {
  roomName: string;
  roomSid: string | undefined;
  at: Date;
}

export interface RoomEnd extends RoomFacts {
  event: 'room-ended';
}

export interface PresenceStatus extends RoomFacts {
  event: 'participant-connected' | 'participant-disconnected';
  accountId: string;
  /** The provider's id of this one connection. */
  connectionSid: string;
}

/** What was told of one connection; a connection ends once, but its end may be told first. */
export interface ProviderConnection {
  connectedAt: Date | null;
  disconnectedAt: Date | null;
}

/** Reads a callback; undefined for an event that matters to nobody, or that lacks what it needs. */
export function toRoomStatus(fields: Record<string, string | string[] | undefined>): RoomStatus | undefined {
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [roomName, timestamp, accountId] = [text('RoomName'), text('Timestamp'), text('ParticipantIdentity')];
  if (roomName === undefined || timestamp === undefined || !isInstant(timestamp)) return undefined;
  const room = { roomName, roomSid: text('RoomSid'), at: toInstant(timestamp) };
  const event = text('StatusCallbackEvent');
  if (event === 'room-ended') return { event, ...room };
  if (event !== 'participant-connected' && event !== 'participant-disconnected') return undefined;
  if (accountId === undefined) return undefined;
  return { event, ...room, accountId: accountId.toLowerCase(), connectionSid: text('ParticipantSid') ?? '' };
}

/**
 * Who is connected follows from everything told so far, in whatever order it came: the newest connection counts, unless
 * it ended at or after its beginning, or the participant left on purpose since.
 * @rule webhooks/room-status
 */
export function presenceFrom(
  connections: readonly ProviderConnection[],
  { departedAt }: Pick<Participant, 'departedAt'>,
): { isConnected: boolean; at: Date } | undefined {
  let newest: { connectedAt: Date; disconnectedAt: Date | null } | undefined;
  for (const { connectedAt, disconnectedAt } of connections) {
    if (connectedAt && (!newest || connectedAt > newest.connectedAt)) newest = { connectedAt, disconnectedAt };
  }
  if (!newest) return undefined;
  const { connectedAt, disconnectedAt } = newest;
  if (departedAt && connectedAt <= departedAt) return { isConnected: false, at: departedAt };
  if (disconnectedAt && disconnectedAt >= connectedAt) return { isConnected: false, at: disconnectedAt };
  return { isConnected: true, at: connectedAt };
}
