import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Account, Appointment, KeptAnswer, Role, World } from '../world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export type Status = 'scheduled' | 'in_progress' | 'completed' | 'missed' | 'cancelled';
type Span = { startsAt: number; endsAt: number };

const opaqueTags = (list: string) => [...list.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, tag]) => ({ weak, tag }));

export const appointmentDecisions = {
  /** What a caller of a role names, and what it must not name. */
  counterpartOf: (role: Role): { named: 'doctorId' | 'userId'; foreign: 'doctorId' | 'userId' } =>
    role === 'user' ? { named: 'doctorId', foreign: 'userId' } : { named: 'userId', foreign: 'doctorId' },

  isCounterpart: (account: Account | undefined, caller: Account): boolean =>
    account !== undefined && account.role !== caller.role,

  isStartAllowed: (startsAt: number, now: number): boolean => startsAt >= now && startsAt <= now + 365 * day,

  overlaps: (left: Span, right: Span): boolean => left.startsAt < right.endsAt && right.startsAt < left.endsAt,

  takesTime: (appointment: Appointment, _status: Status): boolean => appointment.cancelledAt === null,

  /** Whose other appointments stand in the way of a new one. */
  isInTheWay: (other: Appointment, doctorId: string, userId: string): boolean =>
    other.doctorId === doctorId || other.userId === userId,

  /** What happens to a booking before it is checked: nothing. */
  beforeRefusals: (_world: World, _appointment: Appointment): void => undefined,

  bookingRefusals: (): ('unknown-participant' | 'invalid-start' | 'slot-taken')[] => [
    'unknown-participant',
    'invalid-start',
    'slot-taken',
  ],

  idempotencyScope: (accountId: string, key: string): string => `${accountId} ${key}`,

  /** Lets others go first between the look-up of a key and the booking: the honest specimen never does. */
  pauseAfterKeyLookup: (): Promise<void> | undefined => undefined,

  isKept: (kept: KeptAnswer, now: number): boolean => now < kept.at + day,

  isSameBody: (left: unknown, right: unknown): boolean => isDeepStrictEqual(left, right),

  keepsRefusals: (): boolean => false,

  replayedHeaders: (headers: Record<string, string>): Record<string, string> => ({
    ...headers,
    'idempotency-replayed': 'true',
  }),

  replayedBody: (kept: string, _current: () => string): string => kept,

  isParticipant: (appointment: Appointment, accountId: string, _operationId: string): boolean =>
    appointment.doctorId === accountId || appointment.userId === accountId,

  notFound: (_exists: boolean): string => 'No such appointment is yours; check the id.',

  listedFor: (appointment: Appointment, accountId: string): boolean =>
    appointment.doctorId === accountId || appointment.userId === accountId,

  isInRange: (startsAt: number, from: number | undefined, to: number | undefined): boolean =>
    (from === undefined || startsAt >= from) && (to === undefined || startsAt < to),

  isListRangeAllowed: (from: number, to: number): boolean => to > from,

  appointmentKey: (appointment: Appointment): (string | number)[] => [appointment.startsAt, appointment.id],

  statusOf: (appointment: Appointment, now: number): Status => {
    const { cancelledAt, endsAt, call } = appointment;
    if (cancelledAt !== null) return 'cancelled';
    if (call.endedAt !== null) return 'completed';
    if (call.startedAt !== null) return now >= endsAt + 15 * minute ? 'completed' : 'in_progress';
    return now >= endsAt ? 'missed' : 'scheduled';
  },

  matchesStatus: (status: Status, wanted: Status): boolean => status === wanted,

  mayCancel: (status: Status, _appointment: Appointment, _caller: Account): boolean => status === 'scheduled',

  cancellation: (callerId: string, now: number, reason: string | undefined) => ({
    cancelledAt: now,
    cancelledBy: callerId,
    cancelReason: reason ?? null,
  }),

  etagOf: (body: string, _appointment: Appointment): string =>
    `"${createHash('sha256').update(body).digest('base64url')}"`,

  matchesIfMatch: (header: string, etag: string): boolean =>
    header === '*' || opaqueTags(header).some(({ weak, tag }) => !weak && tag === etag),

  matchesIfNoneMatch: (header: string, etag: string): boolean =>
    header === '*' || opaqueTags(header).some(({ tag }) => tag === etag),

  /** Whether a refused stale cancel is told before the state's own refusal. */
  checksIfMatchFirst: (): boolean => true,

  shownAppointment: (view: Record<string, unknown>): Record<string, unknown> => view,
};
