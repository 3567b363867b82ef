export type RoomStatus = 'in-progress' | 'completed';
export type RoomType = 'group' | 'go' | 'peer-to-peer' | 'group-small';
export type ParticipantStatus = 'connected' | 'reconnecting' | 'disconnected';
export type TrackKind = 'audio' | 'video' | 'data';

/** What a room was created with. Timeouts are minutes, the duration is seconds. */
export type RoomSettings = {
  uniqueName: string | null;
  type: RoomType;
  maxParticipants: number;
  maxParticipantDuration: number;
  unusedRoomTimeout: number;
  emptyRoomTimeout: number;
  statusCallback: string | null;
  statusCallbackMethod: 'GET' | 'POST';
  recordParticipantsOnConnect: boolean;
  videoCodecs: ('VP8' | 'H264')[];
  mediaRegion: string;
  audioOnly: boolean;
  largeRoom: boolean;
};

/** `id` is the browser's name of the track, `sid` Twilio's. */
export type Track = {
  sid: string;
  id: string;
  name: string;
  kind: TrackKind;
  isEnabled: boolean;
  priority: string;
};

/** Instants are epoch milliseconds. `revision` rises with each change that the others are told. */
export type Participant = {
  sid: string;
  identity: string;
  status: ParticipantStatus;
  connectedAt: number;
  updatedAt: number;
  disconnectedAt: number | null;
  reconnectBy: number | null;
  tracks: Track[];
  revision: number;
};

/** `clockOffsetMs` sets the room's own time apart from the emulator's, so that tests in parallel do not end each other's rooms. */
export type Room = {
  sid: string;
  settings: RoomSettings;
  status: RoomStatus;
  createdAt: number;
  updatedAt: number;
  endedAt: number | null;
  participants: Participant[];
  clockOffsetMs: number;
  nextSequenceNumber: number;
};

/** Why a participant is no longer in the room. */
export type Departure = 'left' | 'removed' | 'replaced' | 'completed' | 'timed out';

type WithParticipant = { room: Room; participant: Participant; at: number };

/** What happens in rooms; the names with a callback are Twilio's StatusCallbackEvents. */
export type RoomEvent =
  | { type: 'room-created' | 'room-ended' | 'room-vanished'; room: Room; at: number }
  | ({ type: 'participant-connected' | 'participant-reconnecting' | 'participant-reconnected' } & WithParticipant)
  | ({ type: 'participant-disconnected'; departure: Departure } & WithParticipant)
  | ({ type: 'track-added' | 'track-removed' | 'track-enabled' | 'track-disabled'; track: Track } & WithParticipant);

/** The name that clients join by. */
export function nameOf(room: Room): string {
  return room.settings.uniqueName ?? room.sid;
}

/** Those who are in the room, or expected back after a lost connection. */
export function presentIn(room: Room): Participant[] {
  return room.participants.filter(({ status }) => status !== 'disconnected');
}
