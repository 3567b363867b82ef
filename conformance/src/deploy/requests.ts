import { randomUUID } from 'node:crypto';
import type { Person, SendOptions } from '../actors.ts';
import type { Answer, OperationId, SuccessBody } from '../driver/answer.ts';
import { getOperation } from '../driver/contract.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Pair } from '../ledger/pairs.ts';

/** One request of the steady load, whose only good answer is known beforehand. */
export type LoadRequest = {
  person: Person;
  method: string;
  /** Path and query, as sent. */
  path: string;
  expected: number;
  isWrite: boolean;
  send(): Promise<Answer>;
  /** Told of the good answer. */
  acknowledge(answer: Answer): void;
};

const DAY = 86_400_000;
const SLOT_MS = 20 * 60_000;

/** A request of an operation, whose answer must have that status. */
export function requestOf<Id extends OperationId>(
  person: Person,
  operationId: Id,
  options: SendOptions,
  expected: number,
  acknowledge: (body: SuccessBody<Id>) => void = () => undefined,
): LoadRequest {
  const { method, template } = getOperation(operationId);
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => options.path?.[name] ?? '');
  const query = Object.entries(options.query ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  return {
    person,
    method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    expected,
    isWrite: method !== 'GET',
    send: () => person.send(operationId, options),
    acknowledge: (answer) => acknowledge(answer.body as SuccessBody<Id>),
  };
}

type Booked = { id: string; pair: Pair };

/**
 * Chooses what is asked next: six reads in ten, else messages, bookings and their cancellations. Everybody books times
 * that nobody else asks for, so that every request has one good answer.
 */
export class Mix {
  readonly #pairs: readonly Pair[];
  readonly #ledger: Ledger;
  readonly #random: () => number;
  readonly #firstSlot = Math.ceil((Date.now() + 2 * DAY) / DAY) * DAY;
  readonly #booked: Booked[] = [];
  #bookings = 0;

  /** @param random numbers in [0, 1), from the run's seed */
  constructor(pairs: readonly Pair[], ledger: Ledger, random: () => number) {
    this.#pairs = pairs;
    this.#ledger = ledger;
    this.#random = random;
  }

  next(): LoadRequest {
    const pair = this.#pairs[Math.floor(this.#random() * this.#pairs.length)] as Pair;
    const person = this.#random() < 0.5 ? pair.doctor : pair.user;
    const path = { appointmentId: pair.appointmentId };
    const dice = this.#random();
    if (dice < 0.2) return requestOf(person, 'getMe', {}, 200);
    if (dice < 0.4) return requestOf(person, 'getAppointment', { path }, 200);
    if (dice < 0.5) return requestOf(person, 'listAppointments', { query: { limit: 20 } }, 200);
    if (dice < 0.6) return requestOf(person, 'listMessages', { path, query: { limit: 20 } }, 200);
    if (dice < 0.85) return this.#message(person, pair);
    return (dice < 0.92 && this.#cancellation()) || this.#booking();
  }

  #message(person: Person, { appointmentId }: Pair): LoadRequest {
    const clientId = randomUUID();
    const options = { path: { appointmentId }, body: { clientId, body: `message ${clientId}` } };
    return requestOf(person, 'sendMessage', options, 201, ({ id }) => {
      this.#ledger.messages.set(clientId, { id, appointmentId });
    });
  }

  #booking(): LoadRequest {
    const index = this.#bookings++;
    const pair = this.#pairs[index % this.#pairs.length] as Pair;
    const slot = Math.floor(index / this.#pairs.length);
    const startsAt = new Date(this.#firstSlot + slot * SLOT_MS).toISOString();
    const key = randomUUID();
    const body = { doctorId: pair.doctor.id, startsAt, durationMinutes: 15, reason: key };
    const options = { body, headers: { 'idempotency-key': key } };
    return requestOf(pair.user, 'createAppointment', options, 201, ({ id }) => {
      this.#ledger.bookings.set(key, { id, userId: pair.user.id, doctorId: pair.doctor.id });
      this.#booked.push({ id, pair });
    });
  }

  #cancellation(): LoadRequest | undefined {
    const booked = this.#booked.shift();
    if (!booked) return undefined;
    const { id, pair } = booked;
    return requestOf(pair.user, 'cancelAppointment', { path: { appointmentId: id } }, 200, () => {
      this.#ledger.cancelled.set(id, { userId: pair.user.id, doctorId: pair.doctor.id });
    });
  }
}
