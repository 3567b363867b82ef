import { expect } from 'vitest';
import type { Person } from './actors.ts';
import { type Appointment, show } from './bookings.ts';
import type { EventStream } from './driver/event-stream.ts';
import { later, type Span } from './instants.ts';
import { plain } from './listening.ts';
import type { TestTarget } from './rule.ts';
import { toldUntilNow } from './told.ts';
import { callBack, callbackAbout, type CallbackFields, callbackOf } from './twilio-callback.ts';
import type { TwilioRoom } from './twilio-room.ts';

export const CONNECTED = 'participant-connected';
export const DISCONNECTED = 'participant-disconnected';

/** The connection that callbacks are about unless told otherwise. */
export const SID = `PA${'1'.repeat(32)}`;

/** Callbacks are about `person`, and `watcher` looks at what they did. */
type Parts = { target: TestTarget; appointment: Appointment; room: TwilioRoom; watcher: Person; person: Person };

/** A call of the provider twilio that a test makes the callbacks of, seconds after its start. */
export class CalledBack {
  readonly appointment: Appointment;
  readonly room: TwilioRoom;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.appointment = parts.appointment;
    this.room = parts.room;
    this.#parts = parts;
  }

  get t0(): string {
    return this.appointment.startsAt;
  }

  at(span: Span | number): string {
    return later(this.t0, typeof span === 'number' ? { seconds: span } : span);
  }

  /** Calls back about the person, always of one connection unless `fields` say otherwise, or about the room. */
  async tell(event: string, seconds: number, fields: CallbackFields = {}): Promise<void> {
    const at = this.at(seconds);
    const about = { ParticipantSid: SID, ...fields };
    const isAbout = event === CONNECTED || event === DISCONNECTED;
    const { person } = this.#parts;
    await this.send(isAbout ? callbackAbout(this.room, person, event, at, about) : callbackOf(this.room, event, at, fields)); // prettier-ignore
  }

  /** @throws AssertionError when it is not taken */
  async send(fields: CallbackFields): Promise<void> {
    const answer = await callBack(this.#parts.target, this.room, fields);
    expect(answer.status, answer.text).toBe(204);
  }

  /** The person as shown a minute after the start: whether connected, and since when not. */
  async shown(): Promise<[connected: boolean | undefined, leftAt: string | null | undefined]> {
    const { watcher, person } = this.#parts;
    const { call } = await show(watcher.at(this.at(60)).on(1), this.appointment);
    const one = call.participants.find(({ accountId }) => accountId === person.id);
    return [one?.connected, one?.leftAt];
  }

  /** What came on a stream until now, without the message that marks it. */
  async told(stream: EventStream): Promise<{ event: string; data: unknown }[]> {
    const events = await toldUntilNow(stream, this.#parts.person.at(this.at(60)), this.appointment);
    return plain(events.filter(({ event }) => event !== 'message.created'));
  }
}
