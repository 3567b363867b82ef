import type { Db } from '../../db/db.ts';
import type { Profile } from '../accounts/account.ts';
import type { Call } from '../calls/call.ts';
import type { NewEvent } from '../events/event.ts';

export type Status = 'scheduled' | 'in_progress' | 'completed' | 'missed' | 'cancelled';

/** What is stored of an appointment; what depends on the time is derived from it. */
export interface Appointment {
  readonly id: string;
  readonly doctor: Profile;
  readonly user: Profile;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly durationMinutes: number;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
  readonly cancelledBy: string | null;
  readonly cancelReason: string | null;
  readonly call: Call;
}

export interface Participants {
  readonly doctor: Profile;
  readonly user: Profile;
}

export interface AppointmentQuery {
  readonly accountId: string;
  readonly status: Status | undefined;
  /** startsAt not before. */
  readonly from: Date | undefined;
  /** startsAt before. */
  readonly to: Date | undefined;
  readonly after: { readonly startsAt: Date; readonly id: string } | undefined;
  readonly count: number;
}

/**
 * An appointment, for one of its participants only.
 *
 * @rule sessions/own-data-only
 */
export type FindAppointment = (db: Db, appointmentId: string, accountId: string) => Promise<Appointment | undefined>;

/**
 * Locks an appointment's row, for one of its participants only, until the transaction ends.
 *
 * @returns whether there is such an appointment
 */
export type LockRow = (tx: Db, appointmentId: string, accountId: string) => Promise<boolean>;

/** The doctor and the user with these ids; undefined unless both exist in these roles. */
export type FindParticipants = (db: Db, doctorId: string, userId: string) => Promise<Participants | undefined>;

/** An account's appointments by startsAt, then by id. */
export type ListAppointments = (db: Db, query: AppointmentQuery, now: Date) => Promise<Appointment[]>;

/**
 * Stores a new appointment and what is told of it, after taking both accounts' event streams: one lock for all who book at
 * once, and the exclusion constraints as the last line of defence.
 *
 * @throws Problem slot-taken
 * @rule appointments/one-winner
 */
export type InsertAppointment = (db: Db, appointment: Appointment, events: readonly NewEvent[]) => Promise<void>;
