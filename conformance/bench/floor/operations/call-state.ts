import type { components } from '@duet/contract/types';
import { writeInstant, writeInstantOrNull } from '../instants.ts';

type Call = components['schemas']['Call'];

/** One join of a participant. */
export type Connection = {
  id: string;
  accountId: string;
  room: string;
  joinedAt: number;
  lastHeartbeat: number;
  leftAt: number | null;
  /** The heartbeat after which a lapse was told of already. */
  toldLapse: number | null;
};

/** What is stored of a call; there is none before the first join. */
export type StoredCall = { epoch: number; rooms: string[]; connections: Connection[] };

export type CallRow = {
  doctor_id: string;
  user_id: string;
  ends_at: number;
  started_at: number | null;
  ended_at: number | null;
  call: StoredCall | null;
};

const heartbeatMs = 20_000;
const emptyMs = 5 * 60_000;
export const afterEndMs = 15 * 60_000;

/** A call at an instant, derived from what is stored. */
export type CallState = {
  end: number | null;
  livingRoom: string | null;
  newest: ReadonlyMap<string, Connection>;
  isConnected(connection: Connection): boolean;
  leftAt(connection: Connection): number | null;
};

export function endOf({ started_at, ended_at, ends_at }: CallRow, now: number): number | null {
  if (ended_at !== null) return ended_at;
  return started_at !== null && now >= ends_at + afterEndMs ? ends_at + afterEndMs : null;
}

export function callStateOf(row: CallRow, now: number): CallState {
  const { rooms = [], connections = [] } = row.call ?? {};
  const newest = new Map(connections.map((connection) => [connection.accountId, connection]));
  const end = endOf(row, now);
  const at = end === null ? now : Math.min(now, end);
  const room = rooms.at(-1) ?? null;
  const inRoom = [...newest.values()].filter((connection) => connection.room === room);
  const wasConnected = (connection: Connection): boolean =>
    connection.room === room && connection.leftAt === null && at < connection.lastHeartbeat + heartbeatMs;
  const emptySince = Math.max(...inRoom.map(({ leftAt, lastHeartbeat }) => leftAt ?? lastHeartbeat));
  const isLiving = end === null && (inRoom.some(wasConnected) || now < emptySince + emptyMs);
  const isConnected = (connection: Connection): boolean => end === null && wasConnected(connection);
  return {
    end,
    livingRoom: isLiving ? room : null,
    newest,
    isConnected,
    leftAt: (connection) => {
      if (isConnected(connection)) return null;
      return end !== null && wasConnected(connection) ? end : (connection.leftAt ?? connection.lastHeartbeat);
    },
  };
}

const noCall: Call = { state: 'none', roomName: null, participants: [], startedAt: null, endedAt: null };

export function callOf(row: CallRow, now: number): Call {
  if (row.call === null) return noCall;
  const { connections } = row.call;
  const state = callStateOf(row, now);
  const { end, livingRoom, newest } = state;
  const present = [row.doctor_id, row.user_id].flatMap((accountId) => newest.get(accountId) ?? []);
  const isActive = present.length === 2 && present.every(state.isConnected);
  return {
    state: end !== null ? 'ended' : livingRoom === null ? 'none' : isActive ? 'active' : 'waiting',
    roomName: livingRoom,
    participants: present.map((connection) => ({
      accountId: connection.accountId,
      connected: state.isConnected(connection),
      joinedAt: writeInstant(connections.find(({ accountId }) => accountId === connection.accountId)?.joinedAt ?? 0),
      leftAt: writeInstantOrNull(state.leftAt(connection)),
    })),
    startedAt: writeInstantOrNull(row.started_at),
    endedAt: writeInstantOrNull(end),
  };
}
