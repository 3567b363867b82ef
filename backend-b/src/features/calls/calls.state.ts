/** What is stored of a call; what it means at an instant is derived from it here. */
export interface Call {
  /** The first join. */
  startedAt: Date | null;
  /** When the doctor ended it. */
  endedAt: Date | null;
  epoch: number;
  /** The newest room, living or not. */
  room: Room | null;
  /** Who ever joined, the doctor first. */
  participants: Participant[];
}

export interface Room {
  id: string;
  number: number;
  name: string;
  provider: ProviderName;
  /** The provider's own id of it; peer has none. */
  providerId: string | null;
  openedAt: Date;
  endedAt: Date | null;
}

export type ProviderName = 'peer' | 'twilio';

/** One who joined: the newest connection, and what is known of its presence. */
export interface Participant {
  accountId: string;
  roomId: string;
  connectionId: string;
  /** The first join; later ones do not move it. */
  joinedAt: Date;
  isConnected: boolean;
  /** Left on purpose: a heartbeat does not bring the connection back. */
  hasLeft: boolean;
  /** The last heartbeat; peer alone. */
  lastSeenAt: Date | null;
  leftAt: Date | null;
  /** When the participant last left on purpose. */
  departedAt: Date | null;
}

export interface Presence {
  isConnected: boolean;
  leftAt: Date | null;
}

/** The span of the appointment that the call belongs to. */
export interface Span {
  startsAt: Date;
  endsAt: Date;
}

const MINUTE_MS = 60_000;
const LAPSE_MS = 20_000;
const DISCARD_MS = 5 * MINUTE_MS;
const GRACE_MS = 15 * MINUTE_MS;

export const noCall: Call = { startedAt: null, endedAt: null, epoch: 0, room: null, participants: [] };

/** When the call is over at the latest. */
export function lastEnd({ endsAt }: Span): Date {
  return new Date(endsAt.getTime() + GRACE_MS);
}

/** When the call was over: the doctor's end of it, or the end that time made. */
export function completionOf(call: Call, span: Span, now: Date): Date | null {
  if (call.endedAt) return call.endedAt;
  return call.startedAt && lastEnd(span) <= now ? lastEnd(span) : null;
}

/**
 * Whether a participant is connected at an instant: 20 seconds without a heartbeat are a disconnect at the last one.
 * @rule calls/presence
 */
export function presenceAt(participant: Participant, completion: Date | null, now: Date): Presence {
  const { isConnected, lastSeenAt, leftAt } = participant;
  if (!isConnected) return { isConnected, leftAt };
  const end = completion ?? now;
  if (lastSeenAt && lastSeenAt.getTime() + LAPSE_MS <= end.getTime()) return { isConnected: false, leftAt: lastSeenAt };
  return completion ? { isConnected: false, leftAt: completion } : { isConnected: true, leftAt: null };
}

/**
 * The room that a join would enter: neither ended nor discarded.
 * @rule calls/empty-room
 */
export function livingRoom(call: Call, span: Span, now: Date): Room | null {
  const { room } = call;
  if (!room || room.endedAt || completionOf(call, span, now)) return null;
  return discardOf(room, call, now) === null ? room : null;
}

/** The name of the room that would follow; a name is never used again. */
export function nextRoomName({ id, call }: { id: string; call: Call }): string {
  return `${id}-${(call.room?.number ?? 0) + 1}`;
}

/** Whether anybody was ever connected to the newest room. */
export function wasEverUsed(room: Room, call: Call): boolean {
  return call.participants.some(
    ({ roomId, isConnected, leftAt }) =>
      roomId === room.id && (isConnected || (leftAt !== null && leftAt >= room.openedAt)),
  );
}

/** When the room was discarded because nobody was in it; null while it was not. */
export function discardOf(room: Room, call: Call, now: Date): Date | null {
  const presences = call.participants
    .filter((participant) => participant.roomId === room.id)
    .map((participant) => presenceAt(participant, null, now));
  if (presences.some((presence) => presence.isConnected)) return null;
  const emptySince = Math.max(room.openedAt.getTime(), ...presences.map(({ leftAt }) => leftAt?.getTime() ?? 0));
  return emptySince + DISCARD_MS <= now.getTime() ? new Date(emptySince + DISCARD_MS) : null;
}
