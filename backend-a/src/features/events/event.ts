import type { components } from '@duet/contract/types';
import type { Db } from '../../db/db.ts';

type Schemas = components['schemas'];

/** What each type of event carries. `stream.reset` is no event of an account: a stream says it for itself alone. */
interface EventData {
  'appointment.created': Schemas['AppointmentCreatedData'];
  'appointment.cancelled': Schemas['AppointmentCancelledData'];
  'appointment.updated': Schemas['AppointmentUpdatedData'];
  'call.started': Schemas['CallStartedData'];
  'call.participant-joined': Schemas['CallParticipantJoinedData'];
  'call.participant-left': Schemas['CallParticipantLeftData'];
  'call.ended': Schemas['CallEndedData'];
  'call.superseded': Schemas['CallSupersededData'];
  /** Its own data is kept beside the event, where it can be forgotten. */
  'call.signal': Omit<Schemas['CallSignalData'], 'data'>;
  'message.created': Schemas['MessageCreatedData'];
  'message.read': Schemas['MessageReadData'];
  'message.typing': Schemas['MessageTypingData'];
  'session.revoked': Schemas['SessionRevokedData'];
}

export type EventType = keyof EventData;

/** A change to be told; `at` is the instant of the change. */
export type NewEvent = {
  [Type in EventType]: {
    readonly type: Type;
    /** The ids of the accounts that are concerned. */
    readonly to: readonly string[];
    readonly at: Date;
    readonly data: Omit<EventData[Type], 'at'>;
    readonly signalId?: string;
  };
}[EventType];

/** An event as an account's stream tells it. */
export interface ToldEvent {
  readonly id: number;
  readonly type: EventType;
  /** JSON text; that of a signal lacks its last member, `data`. */
  readonly data: string;
  readonly signal: { readonly data: string | null; readonly appointmentEndsAt: Date } | null;
}

/**
 * Stores events, in their order, as the last statement of the transaction that makes the change, or all at once without one, and wakes the streams of all
 * concerned when it commits. The row locks on the streams are held until then, so that nobody sees an id before a lower one.
 *
 * @rule events/gapless
 * @rule events/with-the-write
 */
export type InsertEvents = (db: Db, events: readonly NewEvent[], now: Date) => Promise<void>;

/** The events of an account after one id, in order, at most `count`. */
export type ListEvents = (db: Db, accountId: string, afterId: number, count: number) => Promise<ToldEvent[]>;

/** An event's data as it is stored: JSON with `at` first. */
export function dataText({ at, data }: Pick<NewEvent, 'at' | 'data'>): string {
  return JSON.stringify({ at: at.toISOString(), ...data });
}
