import { type Participant, presentIn, type Room } from './room.ts';

const minuteMs = 60_000;

/** How long a participant whose socket broke may take to come back: Twilio's session timeout. */
export const sessionTimeoutMs = 30_000;

/** What time alone will do to a room, and when by the room's own clock. */
export type Deadline = { at: number; room: Room; leaves: Participant | null };

/** The next thing that time does to a room: a lost participant leaves, or the unused or empty room ends. */
export function nextDeadline(room: Room): Deadline | null {
  if (room.status !== 'in-progress') return null;
  const present = presentIn(room);
  if (present.length === 0) return { at: endOf(room), room, leaves: null };
  const lost = present
    .flatMap((participant) => (participant.reconnectBy === null ? [] : [{ at: participant.reconnectBy, participant }]))
    .sort((one, other) => one.at - other.at)[0];
  return lost ? { at: lost.at, room, leaves: lost.participant } : null;
}

function endOf({ createdAt, participants, settings }: Room): number {
  if (participants.length === 0) return createdAt + settings.unusedRoomTimeout * minuteMs;
  const lastLeftAt = Math.max(...participants.map(({ disconnectedAt }) => disconnectedAt ?? 0));
  return lastLeftAt + settings.emptyRoomTimeout * minuteMs;
}
