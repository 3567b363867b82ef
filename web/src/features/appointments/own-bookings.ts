import { readStored, writeStored } from '../../api/stored.ts';
import type { Appointment } from './appointment.ts';

type OwnBooking = { startsAt: string; withId: string };
const key = 'duet.booked';

/** What this browser is about to book: no event says who booked, and nobody wants to be told of what they did. */
export function rememberOwnBooking(storage: Storage, booking: OwnBooking): void {
  writeStored(storage, key, booking);
}

export function isOwnBooking(storage: Storage, { startsAt, doctor, user }: Appointment): boolean {
  const own = readStored<OwnBooking>(storage, key);
  if (own === undefined || Date.parse(own.startsAt) !== Date.parse(startsAt)) return false;
  return own.withId === doctor.id || own.withId === user.id;
}
