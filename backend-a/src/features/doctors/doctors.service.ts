import type { Db } from '../../db/db.ts';
import type { Profile } from '../accounts/account.ts';
import { findDoctor, listBusySpans, listDoctorProfiles, type DirectoryQuery, type Span } from './doctors.repository.ts';
import { mustBeShortRange, noSuchDoctor } from './doctors.rules.ts';

/** Doctors in the directory's order, at most `count`. */
export function listDoctors(db: Db, input: DirectoryQuery, _now: Date): Promise<Profile[]> {
  return listDoctorProfiles(db, input);
}

/** @throws Problem not-found */
export async function getDoctor(db: Db, input: { doctorId: string }, _now: Date): Promise<Profile> {
  const doctor = await findDoctor(db, input.doctorId);
  if (!doctor) throw noSuchDoctor();
  return doctor;
}

/** @throws Problem not-found, invalid-range, range-too-long */
export async function listBusyTimes(
  db: Db,
  input: { doctorId: string; from: Date; to: Date },
  now: Date,
): Promise<Span[]> {
  await getDoctor(db, input, now);
  mustBeShortRange(input.from, input.to);
  return listBusySpans(db, input.doctorId, input.from, input.to);
}
