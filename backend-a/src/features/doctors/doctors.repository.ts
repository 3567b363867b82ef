import type { Db } from '../../db/db.ts';
import { fold } from '../../text.ts';
import { profileOf, type Profile } from '../accounts/account.ts';
import { accountEntity } from '../accounts/accounts.entity.ts';
import { appointmentEntity } from '../appointments/appointments.entity.ts';
import { longestMinutes } from '../appointments/appointments.rules.ts';

export interface DirectoryQuery {
  /** Contained in displayName or specialty, without regard to case. */
  readonly q: string | undefined;
  readonly after: { readonly displayName: string; readonly id: string } | undefined;
  readonly count: number;
}

/**
 * Doctors by displayName in code point order (the column's collation is "C"), then by id.
 *
 * @rule doctors/directory
 */
export async function listDoctorProfiles(db: Db, { q, after, count }: DirectoryQuery): Promise<Profile[]> {
  const query = db.orm
    .createQueryBuilder(accountEntity, 'doctor')
    .where(`doctor.role = 'doctor'`)
    .orderBy('doctor.displayName')
    .addOrderBy('doctor.id')
    .limit(count);
  if (q !== undefined) {
    query.andWhere('(strpos(doctor.displayNameFolded, :q) > 0 OR strpos(doctor.specialtyFolded, :q) > 0)', {
      q: fold(q),
    });
  }
  if (after) query.andWhere('(doctor.displayName, doctor.id) > (:displayName, :id)', after);
  return (await query.getMany()).map(profileOf);
}

export async function findDoctor(db: Db, doctorId: string): Promise<Profile | undefined> {
  const row = await db.orm
    .createQueryBuilder(accountEntity, 'doctor')
    .where(`doctor.id = :doctorId AND doctor.role = 'doctor'`, { doctorId })
    .getOne();
  return row ? profileOf(row) : undefined;
}

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The spans of a doctor's appointments that overlap [from, to) and are not cancelled, in order. */
export function listBusySpans(db: Db, doctorId: string, from: Date, to: Date): Promise<Span[]> {
  return (
    db.orm
      .createQueryBuilder(appointmentEntity, 'appointment')
      .select('appointment.startsAt', 'startsAt')
      .addSelect('appointment.endsAt', 'endsAt')
      .where('appointment.doctorId = :doctorId AND appointment.cancelledAt IS NULL', { doctorId })
      .andWhere('appointment.startsAt < :to AND appointment.endsAt > :from', { from, to })
      // No appointment is longer; this bound lets the index be used from both sides.
      .andWhere('appointment.startsAt > :earliest', { earliest: new Date(from.getTime() - longestMinutes * 60_000) })
      .orderBy('appointment.startsAt')
      .getRawMany()
  );
}
