import type { Orm } from '../../db/client.ts';
import { clamped } from '../../db/instants.ts';
import { folded, toRole, type Profile } from '../accounts/accounts.rules.ts';
import type { Range } from './doctors.rules.ts';

export interface DoctorsQuery {
  /** Part of displayName or specialty, in any case. */
  q: string | undefined;
  /** The last profile of the page before. */
  after: { displayName: string; id: string } | undefined;
  limit: number;
}

const profileColumns = { id: true, role: true, displayName: true, specialty: true };

/**
 * The directory, by displayName in code point order (the column's collation is C), then by id.
 * @rule doctors/directory
 */
export async function listDoctors(orm: Orm, { q, after, limit }: DoctorsQuery): Promise<Profile[]> {
  const part = q === undefined ? undefined : { contains: literal(folded(q)) };
  const rows = await orm.account.findMany({
    where: {
      role: 'doctor',
      AND: [
        part ? { OR: [{ displayNameFolded: part }, { specialtyFolded: part }] } : {},
        after
          ? {
              OR: [
                { displayName: { gt: after.displayName } },
                { displayName: after.displayName, id: { gt: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
    take: limit,
    select: profileColumns,
  });
  return rows.map((row) => ({ ...row, role: toRole(row.role) }));
}

/** @rule doctors/only-doctors */
export async function findDoctor(orm: Orm, id: string): Promise<Profile | undefined> {
  const row = await orm.account.findUnique({ where: { id, role: 'doctor' }, select: profileColumns });
  return row ? { ...row, role: toRole(row.role) } : undefined;
}

/** The spans of what is not cancelled and overlaps the range, in order. */
export async function listBusyTimes(
  orm: Orm,
  doctorId: string,
  { from, to }: Range,
): Promise<{ startsAt: Date; endsAt: Date }[]> {
  return orm.appointment.findMany({
    where: { doctorId, cancelledAt: null, startsAt: { lt: clamped(to) }, endsAt: { gt: clamped(from) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { startsAt: true, endsAt: true },
  });
}

// Prisma hands the text to LIKE as it is.
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
