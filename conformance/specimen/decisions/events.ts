import type { StoredEvent } from '../world.ts';

export type People = { doctorId: string; userId: string; actorId: string };

const toTheOther = ['call.signal', 'message.typing'];
const toTheActor = ['call.superseded'];

export const eventDecisions = {
  audienceOf: (event: string, { doctorId, userId, actorId }: People): string[] => {
    if (toTheActor.includes(event)) return [actorId];
    return [doctorId, userId].filter((id) => !toTheOther.includes(event) || id !== actorId);
  },

  nextEventId: (lastId: number): number => lastId + 1,

  isEventKept: (event: StoredEvent, now: number): boolean => now < event.writtenAt + 86_400_000,

  /** Milliseconds until an event is on the open streams. */
  eventDelay: (_replica: number): number => 0,

  commentEveryMs: (): number => 10_000,

  endsStreamsOnLogout: (): boolean => true,

  forgetsSignals: (): boolean => true,

  longestBacklog: (): number => 1024 * 1024,
};
