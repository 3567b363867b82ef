import { nameOf, type Participant, type Room } from '../rooms/room.ts';

/** Who answers: the account, and the origin that URLs begin with. */
export type Place = { accountSid: string; origin: string };

/** A room as the REST API shows it: every property of Twilio's description, instants in whole seconds. */
export function roomResource(room: Room, { accountSid, origin }: Place): object {
  const url = `${origin}/v1/Rooms/${room.sid}`;
  const { settings } = room;
  return {
    account_sid: accountSid,
    date_created: dateTime(room.createdAt),
    date_updated: dateTime(room.updatedAt),
    status: room.status,
    type: settings.type,
    sid: room.sid,
    enable_turn: true,
    unique_name: nameOf(room),
    max_participants: settings.maxParticipants,
    max_participant_duration: settings.maxParticipantDuration,
    max_concurrent_published_tracks: 170,
    duration: secondsBetween(room.createdAt, room.endedAt),
    status_callback_method: settings.statusCallbackMethod,
    status_callback: settings.statusCallback,
    record_participants_on_connect: settings.recordParticipantsOnConnect,
    video_codecs: settings.audioOnly ? [] : settings.videoCodecs,
    media_region: settings.mediaRegion,
    audio_only: settings.audioOnly,
    empty_room_timeout: settings.emptyRoomTimeout,
    unused_room_timeout: settings.unusedRoomTimeout,
    end_time: dateTime(room.endedAt),
    large_room: settings.largeRoom,
    url,
    links: linksOf(url, {
      participants: 'Participants',
      recordings: 'Recordings',
      transcriptions: 'Transcriptions',
      recording_rules: 'RecordingRules',
    }),
  };
}

/** A participant as the REST API shows it. */
export function participantResource(room: Room, participant: Participant, { accountSid, origin }: Place): object {
  const url = `${origin}/v1/Rooms/${room.sid}/Participants/${participant.sid}`;
  return {
    account_sid: accountSid,
    room_sid: room.sid,
    date_created: dateTime(participant.connectedAt),
    date_updated: dateTime(participant.updatedAt),
    start_time: dateTime(participant.connectedAt),
    end_time: dateTime(participant.disconnectedAt),
    sid: participant.sid,
    identity: participant.identity,
    status: participant.status,
    url,
    duration: secondsBetween(participant.connectedAt, participant.disconnectedAt),
    links: linksOf(url, {
      published_tracks: 'PublishedTracks',
      subscribed_tracks: 'SubscribedTracks',
      subscribe_rules: 'SubscribeRules',
      anonymize: 'Anonymize',
    }),
  };
}

/** Whole seconds from one instant to another; null while there is no other. */
export function secondsBetween(start: number, end: number | null): number | null {
  return end === null ? null : Math.floor((end - start) / 1000);
}

function dateTime(instant: number | null): string | null {
  return instant === null ? null : `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function linksOf(url: string, names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, segment]) => [name, `${url}/${segment}`]));
}
