import type { Db } from '../../db/client.ts';
import { notFound } from '../../problem.ts';
import type { Profile } from '../accounts/accounts.rules.ts';
import * as repository from './doctors.repository.ts';
import { checkRange, type Range } from './doctors.rules.ts';

/** One page and whether anything follows it. */
export async function listDoctors(
  db: Db,
  input: repository.DoctorsQuery,
  _now: Date,
): Promise<{ items: Profile[]; hasMore: boolean }> {
  const found = await repository.listDoctors(db.orm, { ...input, limit: input.limit + 1 });
  return { items: found.slice(0, input.limit), hasMore: found.length > input.limit };
}

/** @throws Problem not-found */
export async function getDoctor(db: Db, input: { doctorId: string }, _now: Date): Promise<Profile> {
  const doctor = await repository.findDoctor(db.orm, input.doctorId);
  if (!doctor) throw notFound('doctor');
  return doctor;
}

/** @throws Problem not-found, invalid-range, range-too-long */
export async function listBusyTimes(
  db: Db,
  input: { doctorId: string; range: Range },
  now: Date,
): Promise<{ startsAt: Date; endsAt: Date }[]> {
  await getDoctor(db, input, now);
  checkRange(input.range);
  return repository.listBusyTimes(db.orm, input.doctorId, input.range);
}
