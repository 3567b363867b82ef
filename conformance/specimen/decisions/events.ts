import type { Appointment, StoredEvent } from '../world.ts';

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

  /** Milliseconds between an answer and the storing of its events. */
  storeDelay: (): number => 0,

  /** Milliseconds until an event is on the open streams. */
  eventDelay: (_replica: number): number => 0,

  commentEveryMs: (): number => 10_000,

  endsStreamsOnLogout: (): boolean => true,

  /** Whether the signals of a call that is over lose their data. */
  forgetsSignals: (_appointment: Appointment): boolean => true,

  signalKey: (appointmentId: string, senderId: string, clientId: string): string =>
    `${appointmentId} ${senderId} ${clientId}`,

  isSignalRepeated: (taken: Set<string>, key: string): boolean => taken.has(key),

  eventText: (id: number, event: string, data: string): string => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`,

  /** The first event that one who read up to `sent` has missed. */
  firstMissed: (sent: number): number => sent + 1,

  missedOrder: (events: StoredEvent[]): StoredEvent[] => events,

  resetsUnknown: (): boolean => true,

  resetId: (lastId: number): number => lastId,

  longestBacklog: (): number => 1024 * 1024,
};
