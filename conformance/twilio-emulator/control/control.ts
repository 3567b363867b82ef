import type { Account } from '../account.ts';
import type { Callback } from '../callbacks/callback.ts';
import type { CallbackFault, RequestFault } from '../faults/fault.ts';
import type { LoggedRequest } from '../request-log.ts';

/** Instants are RFC 3339. */
export type ClockReading = { now: string };
export type ParticipantReport = { sid: string; identity: string; status: string; hasBrowser: boolean };
export type RoomReport = {
  sid: string;
  name: string;
  status: string;
  now: string;
  statusCallback: string | null;
  participants: ParticipantReport[];
};
export type CallbackReport = Omit<Callback, 'room' | 'heldUntil'> & { roomSid: string; roomName: string };

/** A fault as it is ordered: `times` is 1, `copies` 2 and `takesEffect` false unless given. */
export type FaultOrder = Order<RequestFault> | Order<CallbackFault>;
type Optional = 'times' | 'takesEffect' | 'copies' | 'ms';
type Order<Kind> = Kind extends unknown
  ? Omit<Kind, Optional> & { [Key in keyof Kind & Optional]?: Exclude<Kind[Key], null> }
  : never;

/**
 * What a test does to the emulator from behind. A `room` is named by sid or, while it is in progress, by name. Every
 * refusal is an Error that says what is wrong. The emulator itself offers this, and `connectToEmulator` over HTTP.
 */
export type TwilioControl = {
  /** The account with its secrets: what tokens and callbacks are signed with. */
  readAccount(): Promise<Account>;

  readClock(options?: { room?: string }): Promise<ClockReading>;
  /** Sets the time of all, or of one room alone, which keeps that distance from then on. The clock runs on. */
  setClock(options: { now: string; room?: string }): Promise<ClockReading>;
  advanceClock(options: { ms: number; room?: string }): Promise<ClockReading>;

  /** Somebody enters without a browser; `at` becomes the callback's Timestamp, the room's time unless given. */
  connect(options: { room: string; identity: string; at?: string }): Promise<ParticipantReport>;
  disconnect(options: { room: string; identity: string; at?: string }): Promise<ParticipantReport>;
  complete(options: { room: string; at?: string }): Promise<RoomReport>;
  /** The room is unknown from now on, and no callback says so. */
  vanish(options: { room: string }): Promise<void>;
  /** Cuts the signalling sockets of the room's browsers, or of one; gives how many. */
  dropSockets(options: { room: string; identity?: string }): Promise<{ dropped: number }>;

  /** The newest first. */
  listRooms(): Promise<RoomReport[]>;
  /** Requests to the REST API with a higher id, the oldest first. */
  listRequests(options?: { after?: number }): Promise<LoggedRequest[]>;
  listCallbacks(options?: { room?: string }): Promise<CallbackReport[]>;
  /** Sends the callbacks that a fault holds back, in the order of events unless backwards. */
  releaseCallbacks(options?: { room?: string; backwards?: boolean }): Promise<void>;
  /** Resolves when every callback that is not held was answered or given up. */
  settled(): Promise<void>;

  addFault(fault: FaultOrder): Promise<{ id: number }>;
  /** Takes one fault away, or all. */
  removeFaults(options?: { id?: number }): Promise<void>;
  /** Connections to the REST API and the signalling are refused, and those open are cut, until they are accepted again. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;

  /** Rooms, faults, logs and the clock are as at the start. */
  reset(): Promise<void>;
};
