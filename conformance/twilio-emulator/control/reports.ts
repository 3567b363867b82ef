import type { Callback } from '../callbacks/callback.ts';
import { nameOf, type Participant, type Room } from '../rooms/room.ts';
import type { CallbackReport, ParticipantReport, RoomReport } from './control.ts';

/** `hasBrowser`: whether a signalling session stands behind a participant. */
export function participantReport(participant: Participant, hasBrowser: boolean): ParticipantReport {
  const { sid, identity, status } = participant;
  return { sid, identity, status, hasBrowser };
}

export function roomReport(room: Room, now: number, hasBrowser: (participant: Participant) => boolean): RoomReport {
  return {
    sid: room.sid,
    name: nameOf(room),
    status: room.status,
    now: new Date(now).toISOString(),
    statusCallback: room.settings.statusCallback,
    participants: room.participants.map((participant) => participantReport(participant, hasBrowser(participant))),
  };
}

export function callbackReport({ room, heldUntil: _heldUntil, ...callback }: Callback): CallbackReport {
  return { ...callback, answers: [...callback.answers], roomSid: room.sid, roomName: nameOf(room) };
}
