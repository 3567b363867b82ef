import type { Account } from '../account.ts';
import type { CallbackDispatcher } from '../callbacks/dispatcher.ts';
import type { Clock } from '../clock.ts';
import type { Door } from '../door.ts';
import type { FaultList } from '../faults/fault-list.ts';
import { readFault } from '../faults/read-fault.ts';
import type { RequestLog } from '../request-log.ts';
import type { DeadlineWatch } from '../rooms/deadline-watch.ts';
import { type Participant, presentIn, type Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Signalling } from '../signalling/signalling.ts';
import type { ClockReading, TwilioControl } from './control.ts';
import { callbackReport, participantReport, roomReport } from './reports.ts';

/** Everything that makes up the emulator. */
export type Parts = {
  account: Account;
  clock: Clock;
  rooms: Rooms;
  watch: DeadlineWatch;
  faults: FaultList;
  callbacks: CallbackDispatcher;
  requests: RequestLog;
  signalling: Signalling;
  door: Door;
};

/** The control of the emulator in this process. */
export function localControl(parts: Parts): TwilioControl {
  return { ...clockControl(parts), ...roomControl(parts), ...logControl(parts), ...faultControl(parts) };
}

type ClockControl = Pick<TwilioControl, 'readClock' | 'setClock' | 'advanceClock'>;
type RoomControl = Pick<TwilioControl, 'connect' | 'disconnect' | 'complete' | 'vanish' | 'dropSockets' | 'listRooms'>;
type LogControl = Pick<
  TwilioControl,
  'readAccount' | 'listRequests' | 'listCallbacks' | 'releaseCallbacks' | 'settled'
>;
type FaultControl = Omit<TwilioControl, keyof (ClockControl & RoomControl & LogControl)>;

function clockControl({ clock, rooms, watch, callbacks }: Parts): ClockControl {
  const moveTo = (instant: number, room: Room | undefined): ClockReading => {
    if (room) rooms.setRoomClock(room, instant);
    else clock.set(instant);
    rooms.sweep();
    callbacks.releaseDue();
    watch.rearm();
    return read(room);
  };
  const read = (room: Room | undefined): ClockReading => ({ now: new Date(rooms.now(room)).toISOString() });
  return {
    readClock: async ({ room } = {}) => read(optionalRoom(rooms, room)),
    setClock: async ({ now, room }) => moveTo(instantOf(now), optionalRoom(rooms, room)),
    advanceClock: async ({ ms, room }) => {
      const found = optionalRoom(rooms, room);
      return moveTo(rooms.now(found) + ms, found);
    },
  };
}

function roomControl({ rooms, signalling }: Parts): RoomControl {
  const hasBrowser = (participant: Participant): boolean => signalling.hasBrowser(participant);
  const reportOf = (room: Room) => roomReport(room, rooms.now(room), hasBrowser);
  return {
    connect: async ({ room, identity, at }) => {
      const participant = rooms.connect(roomOf(rooms, room), identity, optionalInstant(at));
      return participantReport(participant, false);
    },
    disconnect: async ({ room, identity, at }) => {
      const found = roomOf(rooms, room);
      const participant = presentIn(found).find((one) => one.identity === identity);
      if (!participant) throw new Error(`nobody named ${identity} is in the room ${room}`);
      const browser = hasBrowser(participant);
      rooms.disconnect(found, participant, 'removed', optionalInstant(at));
      return participantReport(participant, browser);
    },
    complete: async ({ room, at }) => {
      const found = roomOf(rooms, room);
      rooms.complete(found, optionalInstant(at));
      return reportOf(found);
    },
    vanish: async ({ room }) => rooms.vanish(roomOf(rooms, room)),
    dropSockets: async ({ room, identity }) => ({ dropped: signalling.drop(roomOf(rooms, room), identity) }),
    listRooms: async () => rooms.all().map(reportOf),
  };
}

function logControl({ account, rooms, requests, callbacks }: Parts): LogControl {
  return {
    readAccount: async () => ({ ...account }),
    listRequests: async ({ after } = {}) => structuredClone(requests.after(after ?? 0)),
    listCallbacks: async ({ room } = {}) => {
      const found = optionalRoom(rooms, room);
      return callbacks
        .all()
        .filter((callback) => !found || callback.room === found)
        .map(callbackReport);
    },
    releaseCallbacks: async ({ room, backwards } = {}) =>
      callbacks.release({ room: optionalRoom(rooms, room), isBackwards: backwards ?? false }),
    settled: () => callbacks.settled(),
  };
}

function faultControl({ clock, rooms, watch, faults, callbacks, requests, signalling, door }: Parts): FaultControl {
  return {
    addFault: async (fault) => ({ id: faults.add(readFault(fault)) }),
    removeFaults: async ({ id } = {}) => faults.remove(id),
    refuseConnections: () => door.shut(),
    acceptConnections: () => door.open(),
    reset: async () => {
      signalling.stop();
      rooms.forget();
      faults.remove();
      callbacks.forget();
      requests.forget();
      clock.reset();
      watch.rearm();
      await door.open();
    },
  };
}

function roomOf(rooms: Rooms, sidOrName: string): Room {
  rooms.sweep();
  const room = rooms.find(sidOrName);
  if (!room) throw new Error(`there is no room ${sidOrName}`);
  return room;
}

function optionalRoom(rooms: Rooms, sidOrName: string | undefined): Room | undefined {
  return sidOrName === undefined ? undefined : roomOf(rooms, sidOrName);
}

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new TypeError(`${text} is no instant`);
  return instant;
}

function optionalInstant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : instantOf(text);
}
