import type { Account, Appointment, Connection, Role } from '../world.ts';
import type { Status } from './appointments.ts';

const minute = 60_000;

export type JoinRefusal = 'too-early' | 'call-over' | 'appointment-cancelled';
export type PresenceRefusal = 'call-over' | 'not-joined' | 'superseded';
type PresenceFacts = { status: Status; isOwn: boolean; isOfLivingRoom: boolean; isNewest: boolean; hasLeft: boolean };

export const callDecisions = {
  opensAt: (appointment: Appointment): number => appointment.startsAt - 10 * minute,

  joinRefusal: (status: Status, now: number, opensAt: number): JoinRefusal | undefined => {
    if (now < opensAt) return 'too-early';
    if (status === 'completed' || status === 'missed') return 'call-over';
    return status === 'cancelled' ? 'appointment-cancelled' : undefined;
  },

  /** Whether a join enters the living room. */
  isRoomReused: (): boolean => true,

  startOf: (present: number | null, now: number): number => present ?? now,

  /** Since when a connection keeps its room from being empty no more. */
  emptySinceOf: (connection: Connection): number => connection.leftAt ?? connection.lastHeartbeat,

  /** Participants as they are shown, given the doctor and the user, and the order in which they came. */
  participantOrder: (byRole: string[], _came: string[]): string[] => byRole,

  /** Which connection a leave is about, given the named one and the newest of its owner. */
  leavingConnection: (named: Connection, _newest: Connection | undefined): Connection => named,

  newRoomName: (appointment: Appointment, roomsBefore: number): string => `${appointment.id}-${roomsBefore + 1}`,

  nextEpoch: (epoch: number, role: Role): number => (role === 'doctor' ? epoch + 1 : epoch),

  isOfferer: (role: Role): boolean => role === 'doctor',

  grantExpiry: (appointment: Appointment): number => appointment.endsAt + 15 * minute,

  callEnd: (appointment: Appointment): number => appointment.endsAt + 15 * minute,

  /** Without regard to its room: whether the connection's own heartbeat still holds at an instant. */
  isConnected: (connection: Connection, at: number): boolean =>
    connection.leftAt === null && at < connection.lastHeartbeat + 20_000,

  disconnectedAt: (connection: Connection): number => connection.leftAt ?? connection.lastHeartbeat,

  isRoomLiving: (emptySince: number, now: number): boolean => now < emptySince + 5 * minute,

  presenceRefusal: (facts: PresenceFacts): PresenceRefusal | undefined => {
    if (facts.status === 'completed' || facts.status === 'missed') return 'call-over';
    if (!facts.isOwn || !facts.isOfLivingRoom) return 'not-joined';
    if (!facts.isNewest) return 'superseded';
    return facts.hasLeft ? 'not-joined' : undefined;
  },

  heartbeat: (now: number, { lastHeartbeat }: Connection): Partial<Connection> => ({
    lastHeartbeat: Math.max(lastHeartbeat, now),
  }),

  /** Which of a participant's joins is shown: the first. */
  shownJoin: (joins: Connection[]): Connection => {
    const [first] = joins;
    if (!first) throw new Error('a participant has joined');
    return first;
  },

  isEpochStale: (sent: number, present: number): boolean => sent !== present,

  mayNameConnection: (connection: Connection, callerId: string): boolean => connection.accountId === callerId,

  /** Whether a leave of this connection changes anything. */
  mayLeave: (isNewest: boolean, hasLeft: boolean): boolean => isNewest && !hasLeft,

  shownGrant: (grant: Record<string, unknown>): Record<string, unknown> => grant,

  mayEnd: (caller: Account, _status: Status): boolean => caller.role === 'doctor',

  isEndPossible: (status: Status): boolean => status === 'in_progress',
};
