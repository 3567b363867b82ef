import type { Behaviour } from './behaviour.ts';
import type { Appointment, Connection } from './world.ts';

/** The call of an appointment at an instant, derived from what is stored. */
export type CallState = {
  end: number | null;
  livingRoom: string | null;
  /** The newest connection of each who ever joined. */
  newest: Map<string, Connection>;
  isConnected(connection: Connection): boolean;
  leftAt(connection: Connection): number | null;
};

export function callStateOf(behaviour: Behaviour, appointment: Appointment, now: number): CallState {
  const { call } = appointment;
  const newest = new Map(call.connections.map((connection) => [connection.accountId, connection]));
  const end = endOf(behaviour, appointment, now);
  const at = end === null ? now : Math.min(now, end);
  const room = call.rooms.at(-1) ?? null;
  const inRoom = [...newest.values()].filter(({ roomName }) => roomName === room);
  const hadConnected = (connection: Connection) => inRoom.includes(connection) && behaviour.isConnected(connection, at);
  const emptySince = Math.max(...inRoom.map((connection) => behaviour.emptySinceOf(connection)));
  const isLiving = inRoom.some(hadConnected) || behaviour.isRoomLiving(emptySince, now);
  const isConnected = (connection: Connection) => end === null && hadConnected(connection);
  return {
    end,
    livingRoom: end === null && room !== null && isLiving ? room : null,
    newest,
    isConnected,
    leftAt: (connection) => {
      if (isConnected(connection)) return null;
      return hadConnected(connection) && end !== null ? end : behaviour.disconnectedAt(connection);
    },
  };
}

function endOf(behaviour: Behaviour, appointment: Appointment, now: number): number | null {
  const { startedAt, endedAt } = appointment.call;
  if (endedAt !== null) return endedAt;
  const latest = behaviour.callEnd(appointment);
  return startedAt !== null && now >= latest ? latest : null;
}
