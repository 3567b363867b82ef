import type { Clock } from '../clock.ts';
import { newSid } from '../sids.ts';
import { TwilioError } from '../twilio-error.ts';
import { type Deadline, nextDeadline, sessionTimeoutMs } from './deadlines.ts';
import {
  type Departure,
  nameOf,
  type Participant,
  presentIn,
  type Room,
  type RoomEvent,
  type RoomSettings,
  type Track,
} from './room.ts';
import { changesOf } from './tracks.ts';

/** All rooms of the account. Every change is told to the listeners at once, in order. */
export class Rooms {
  readonly #clock: Clock;
  readonly #listeners: ((event: RoomEvent) => void)[] = [];
  #rooms: Room[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onEvent(listener: (event: RoomEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** The room's own time, or the emulator's. */
  now(room?: Room): number {
    return this.#clock.now() + (room?.clockOffsetMs ?? 0);
  }

  /** The newest first, as Twilio lists them. */
  all(): Room[] {
    return this.#rooms.toReversed();
  }

  /** A room by its sid whatever its status, or by its name while it is in progress. */
  find(sidOrName: string): Room | undefined {
    return this.#rooms.find(
      (room) => room.sid === sidOrName || (room.status === 'in-progress' && nameOf(room) === sidOrName),
    );
  }

  /** Throws 53113 when a room of that name is in progress. */
  create(settings: RoomSettings): Room {
    if (settings.uniqueName !== null && this.find(settings.uniqueName)) throw new TwilioError(53113);
    const at = this.now();
    const room: Room = {
      sid: newSid('RM'),
      settings,
      status: 'in-progress',
      createdAt: at,
      updatedAt: at,
      endedAt: null,
      participants: [],
      clockOffsetMs: 0,
      nextSequenceNumber: 0,
    };
    this.#rooms.push(room);
    this.#tell({ type: 'room-created', room, at });
    return room;
  }

  /** Lets somebody in; the same identity in there is put out first. Throws 53106 and 53105. */
  connect(room: Room, identity: string, at = this.now(room)): Participant {
    if (room.status !== 'in-progress') throw new TwilioError(53106);
    const before = presentIn(room).find((participant) => participant.identity === identity);
    if (presentIn(room).length - (before ? 1 : 0) >= room.settings.maxParticipants) throw new TwilioError(53105);
    if (before) this.disconnect(room, before, 'replaced', at);
    const participant: Participant = {
      sid: newSid('PA'),
      identity,
      status: 'connected',
      connectedAt: at,
      updatedAt: at,
      disconnectedAt: null,
      reconnectBy: null,
      tracks: [],
      revision: 1,
    };
    room.participants.push(participant);
    this.#tell({ type: 'participant-connected', room, participant, at });
    return participant;
  }

  disconnect(room: Room, participant: Participant, departure: Departure, at = this.now(room)): void {
    if (participant.status === 'disconnected') return;
    Object.assign(participant, { status: 'disconnected', disconnectedAt: at, reconnectBy: null, tracks: [] });
    this.#changed(participant, at);
    this.#tell({ type: 'participant-disconnected', room, participant, departure, at });
  }

  /** The participant's socket broke, or is back. */
  setReachable(room: Room, participant: Participant, isReachable: boolean): void {
    const status = isReachable ? 'connected' : 'reconnecting';
    if (participant.status === 'disconnected' || participant.status === status) return;
    const at = this.now(room);
    Object.assign(participant, { status, reconnectBy: isReachable ? null : at + sessionTimeoutMs });
    this.#changed(participant, at);
    this.#tell({
      type: isReachable ? 'participant-reconnected' : 'participant-reconnecting',
      room,
      participant,
      at,
    });
  }

  setTracks(room: Room, participant: Participant, tracks: Track[]): void {
    const changes = changesOf(participant.tracks, tracks);
    const at = this.now(room);
    participant.tracks = tracks;
    if (changes.length > 0) this.#changed(participant, at);
    for (const { type, track } of changes) this.#tell({ type, room, participant, track, at });
  }

  /** Ends the room: who is in there leaves first. Throws 53112 when it has ended already. */
  complete(room: Room, at = this.now(room)): void {
    if (room.status !== 'in-progress') throw new TwilioError(53112);
    for (const participant of presentIn(room)) this.disconnect(room, participant, 'completed', at);
    Object.assign(room, { status: 'completed', endedAt: at, updatedAt: at });
    this.#tell({ type: 'room-ended', room, at });
  }

  /** The room is gone without a word, as if it had never been. */
  vanish(room: Room): void {
    this.#rooms = this.#rooms.filter((other) => other !== room);
    this.#tell({ type: 'room-vanished', room, at: this.now(room) });
  }

  /** All rooms are gone, and nobody is told. */
  forget(): void {
    this.#rooms = [];
  }

  /** Sets the room's own clock apart from the emulator's. */
  setRoomClock(room: Room, instant: number): void {
    room.clockOffsetMs = instant - this.#clock.now();
    this.sweep();
  }

  /** Does what time has brought, each thing at its own instant. */
  sweep(): void {
    for (const room of this.#rooms) {
      for (let due = this.#dueIn(room); due; due = this.#dueIn(room)) {
        if (due.leaves) this.disconnect(room, due.leaves, 'timed out', due.at);
        else this.complete(room, due.at);
      }
    }
  }

  /** Milliseconds until time does something; null when it never will. */
  untilNextDeadline(): number | null {
    const waits = this.#rooms.flatMap((room) => {
      const deadline = nextDeadline(room);
      return deadline ? [deadline.at - this.now(room)] : [];
    });
    return waits.length > 0 ? Math.max(0, Math.min(...waits)) : null;
  }

  #dueIn(room: Room): Deadline | null {
    const deadline = nextDeadline(room);
    return deadline && deadline.at <= this.now(room) ? deadline : null;
  }

  #changed(participant: Participant, at: number): void {
    participant.updatedAt = at;
    participant.revision += 1;
  }

  #tell(event: RoomEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
