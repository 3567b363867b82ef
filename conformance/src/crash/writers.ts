import { randomUUID } from 'node:crypto';
import type { Person, SendOptions } from '../actors.ts';
import type { Answer, OperationId } from '../driver/answer.ts';
import { nextLook } from '../look.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Pair } from '../ledger/pairs.ts';

export type WriterOptions = {
  pair: Pair;
  /** Doctors whose time everybody fights for. */
  doctors: Person[];
  ledger: Ledger;
  /** Numbers in [0, 1), from the run's seed. */
  random: () => number;
  isOver: () => boolean;
};

const SLOTS = 2_000;
const DAY = 86_400_000;

/** Writes until it is over: mostly messages, sometimes a booking in a crowded calendar, sometimes a cancellation. */
export async function write(options: WriterOptions): Promise<void> {
  while (!options.isOver()) {
    const dice = options.random();
    if (dice < 0.85) await writeMessage(options);
    else await bookAndMaybeCancel(options);
  }
}

async function writeMessage({ pair, ledger, random, isOver }: WriterOptions): Promise<void> {
  const sender = random() < 0.5 ? pair.doctor : pair.user;
  const clientId = randomUUID();
  const path = { appointmentId: pair.appointmentId };
  const answer = await insist(
    sender,
    'sendMessage',
    { path, body: { clientId, body: `message ${clientId}` } },
    random,
    isOver,
  );
  if (answer?.status === 201 || answer?.status === 200) {
    ledger.messages.set(clientId, { id: answer.body.id, appointmentId: pair.appointmentId });
  } else ledger.unknown += 1;
}

async function bookAndMaybeCancel({ pair, doctors, ledger, random, isOver }: WriterOptions): Promise<void> {
  const doctor = doctors[Math.floor(random() * doctors.length)] ?? pair.doctor;
  const startsAt = new Date(firstSlot() + Math.floor(random() * SLOTS) * 300_000).toISOString();
  const key = randomUUID();
  const body = { doctorId: doctor.id, startsAt, durationMinutes: 10, reason: key };
  const booked = await insist(
    pair.user,
    'createAppointment',
    { body, headers: { 'idempotency-key': key } },
    random,
    isOver,
  );
  if (booked?.status !== 201) {
    if (booked?.status !== 409) ledger.unknown += 1;
    return;
  }
  ledger.bookings.set(key, { id: booked.body.id, userId: pair.user.id, doctorId: doctor.id });
  if (random() < 0.5) return;
  // Cancelling is not repeatable: after a lost answer the repeat is told invalid-transition, which acknowledges it too.
  const path = { appointmentId: booked.body.id };
  const cancelled = await insist(pair.user, 'cancelAppointment', { path }, random, isOver);
  if (cancelled?.status === 200 || cancelled?.status === 409) {
    ledger.cancelled.set(booked.body.id, { userId: pair.user.id, doctorId: doctor.id });
  } else ledger.unknown += 1;
}

function firstSlot(): number {
  return Math.ceil((Date.now() + 2 * DAY) / DAY) * DAY;
}

/** Sends the same request again, on another replica each time, until it is answered otherwise than by 5xx. */
async function insist<Id extends OperationId>(
  person: Person,
  operationId: Id,
  options: SendOptions,
  random: () => number,
  isOver: () => boolean,
): Promise<Answer<Awaited<ReturnType<typeof person.send<Id>>>['body']> | undefined> {
  for (let attempt = Math.floor(random() * 2); !isOver() || attempt < 50; attempt += 1) {
    try {
      const answer = await person.send(operationId, { ...options, replica: attempt });
      if (answer.status < 500) return answer;
    } catch {
      // The replica is gone: another may take it.
    }
    await nextLook();
  }
  return undefined;
}
