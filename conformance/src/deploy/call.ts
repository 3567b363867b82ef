import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../actors.ts';
import type { SuccessBody } from '../driver/answer.ts';
import type { StreamEvent } from '../driver/event-stream.ts';
import type { Pair } from '../ledger/pairs.ts';
import { signalOf } from '../signals.ts';
import { perform } from './perform.ts';
import { type LoadRequest, requestOf } from './requests.ts';
import type { Tally } from './tally.ts';

const HEARTBEAT_MS = 5000;
const TURN_MS = 500;
/** Events that only a call can cause which somebody left or lost. */
const ENDINGS = ['call.participant-left', 'call.superseded', 'call.ended', 'appointment.updated'];

type PeerGrant = Extract<SuccessBody<'joinCall'>, { provider: 'peer' }>;
type Side = {
  person: Person;
  grant: PeerGrant;
  /** Ids of signals to the other one that were taken, in order. */ taken: string[];
};

/** A call that two people are in all the time: heartbeats every 5 s, signals, and looks at its state. */
export class OpenCall {
  readonly #path: { appointmentId: string };
  readonly #sides: readonly [Side, Side];
  readonly #tally: () => Tally;
  readonly #problems: string[] = [];
  readonly #living: Promise<void>;
  readonly #heart: NodeJS.Timeout;
  #isOver = false;

  private constructor(appointmentId: string, sides: readonly [Side, Side], tally: () => Tally) {
    this.#path = { appointmentId };
    this.#sides = sides;
    this.#tally = tally;
    this.#living = this.#live();
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /**
   * Both join.
   * @throws Error when a booking or a join is refused
   */
  static async open({ doctor, user }: Pick<Pair, 'doctor' | 'user'>, tally: () => Tally): Promise<OpenCall> {
    const startsAt = new Date(Date.now() + 60_000).toISOString();
    const booked = await user.send('createAppointment', {
      body: { doctorId: doctor.id, startsAt, durationMinutes: 60 },
    });
    if (booked.status !== 201) throw new Error(`createAppointment answered ${booked.status} ${booked.text}`);
    const join = async (person: Person): Promise<Side> => {
      const { status, body, text } = await person.send('joinCall', { path: { appointmentId: booked.body.id } });
      if (status !== 200 || body.provider !== 'peer') throw new Error(`joinCall answered ${status} ${text}`);
      return { person, grant: body, taken: [] };
    };
    return new OpenCall(booked.body.id, [await join(doctor), await join(user)], tally);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#heart);
    await this.#living;
  }

  /** What was seen of it since the last time that it should not have been, in words. */
  takeProblems(): string[] {
    return this.#problems.splice(0);
  }

  /** What the streams of the two say of a call that was left, lost, or whose signals were lost, doubled or turned round. */
  audit(told: readonly { person: Person; events: readonly StreamEvent[] }[]): string[] {
    return told.flatMap(({ person, events }) => {
      const own = this.#sides.findIndex((side) => side.person === person);
      const other = this.#sides[1 - own];
      if (own < 0 || !other) return [];
      const endings = events.filter(({ event }) => ENDINGS.includes(event)).map(({ event }) => event);
      return [
        ...endings.map((event) => `the open call: ${person.displayName} was told ${event}`),
        ...signalProblems(other.taken, events).map((problem) => `the open call: ${person.displayName} ${problem}`),
      ];
    });
  }

  /** Both keep their presence, whatever else is still without an answer. */
  #beat(): void {
    for (const { person, grant } of this.#sides) {
      const options = { path: this.#path, body: { connectionId: grant.connectionId } };
      void perform(requestOf(person, 'keepPresence', options, 204), performance.now(), this.#tally());
    }
  }

  /** One thing after the other, since signals come in the order in which they were taken. */
  async #live(): Promise<void> {
    for (let turn = 0; !this.#isOver; turn += 1) {
      await perform(this.#requestAt(turn), performance.now(), this.#tally());
      await pause(TURN_MS);
    }
  }

  #requestAt(turn: number): LoadRequest {
    const side = this.#sides[turn % 2 === 0 ? 0 : 1];
    const path = this.#path;
    if (turn % 10 < 2) return requestOf(side.person, 'getAppointment', { path }, 200, (shown) => this.#check(shown));
    const clientId = randomUUID();
    const signal = signalOf(side.grant, { clientId, epoch: this.#sides[0].grant.epoch });
    return requestOf(side.person, 'sendSignal', { path, body: signal }, 202, () => void side.taken.push(clientId));
  }

  #check({ status, call }: SuccessBody<'getAppointment'>): void {
    const isWhole = status === 'in_progress' && call.state === 'active';
    if (!isWhole)
      this.#problems.push(`the open call: status ${status}, state ${call.state} instead of in_progress, active`);
  }
}

/** Signals that were taken and did not come once each, in the order in which they were taken. */
export function signalProblems(taken: readonly string[], events: readonly StreamEvent[]): string[] {
  const came = events
    .filter(({ event }) => event === 'call.signal')
    .map(({ data }) => (data as { clientId: string }).clientId);
  const places = new Map(came.map((clientId, index) => [clientId, index]));
  const lost = taken.filter((clientId) => !places.has(clientId));
  const order = taken.flatMap((clientId) => places.get(clientId) ?? []);
  return [
    ...lost.map((clientId) => `never got signal ${clientId}`),
    ...(places.size < came.length ? [`got ${came.length - places.size} signals more than once`] : []),
    ...(order.some((place, index) => place < (order[index - 1] ?? -1)) ? ['got signals in another order'] : []),
  ];
}
