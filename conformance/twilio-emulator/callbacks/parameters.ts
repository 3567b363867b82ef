import { nameOf, type RoomEvent } from '../rooms/room.ts';
import { secondsBetween } from '../rest/representation.ts';

/** The events that Twilio calls back for. */
export const callbackEvents = [
  'room-created',
  'room-ended',
  'participant-connected',
  'participant-disconnected',
  'track-added',
  'track-removed',
  'track-enabled',
  'track-disabled',
] as const;
export type CallbackEvent = (typeof callbackEvents)[number];

/** The events that are called back for; the others are the emulator's own. */
export function callbackEventOf(event: RoomEvent): CallbackEvent | null {
  return callbackEvents.find((name) => name === event.type) ?? null;
}

/** A callback's form parameters, as Twilio documents them; the durations are whole seconds. */
export function callbackParameters(
  event: RoomEvent,
  accountSid: string,
  sequenceNumber: number,
): Record<string, string> {
  const { room, at } = event;
  return {
    AccountSid: accountSid,
    RoomName: nameOf(room),
    RoomSid: room.sid,
    RoomStatus: room.status,
    RoomType: room.settings.type,
    StatusCallbackEvent: event.type,
    Timestamp: new Date(at).toISOString(),
    SequenceNumber: String(sequenceNumber),
    ...participantParameters(event),
    ...trackParameters(event),
    ...(event.type === 'room-ended' && { RoomDuration: String(secondsBetween(room.createdAt, at)) }),
  };
}

function participantParameters(event: RoomEvent): Record<string, string> {
  if (!('participant' in event)) return {};
  const { participant, at, type } = event;
  return {
    ParticipantSid: participant.sid,
    ParticipantIdentity: participant.identity,
    ParticipantStatus: type === 'participant-disconnected' ? 'disconnected' : 'connected',
    ...(type === 'participant-disconnected' && {
      ParticipantDuration: String(secondsBetween(participant.connectedAt, at)),
    }),
  };
}

function trackParameters(event: RoomEvent): Record<string, string> {
  if (!('track' in event)) return {};
  return { TrackSid: event.track.sid, TrackKind: event.track.kind, TrackName: event.track.name };
}
