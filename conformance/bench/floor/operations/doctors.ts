import type { components } from '@duet/contract/types';
import { isIssued, readPosition, type Walk, writeCursor, wrongCursor } from '../cursors.ts';
import type { Row } from '../database.ts';
import { json, type Reply } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import type { Caller, Visit } from '../http/visit.ts';
import { readInstant, writeInstant } from '../instants.ts';
import { type FieldError, invalid, notFound, Problem, unauthenticated } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import * as statements from '../statements/doctors.ts';

type Profile = components['schemas']['Profile'];
type DoctorRow = Row & { callerId: string; id: string | null; display_name: string; specialty: string | null };

const longestRange = 31 * 24 * 60 * 60_000;

const profileOf = ({ id, display_name: displayName, specialty }: DoctorRow): Profile => ({
  id: id ?? '',
  role: 'doctor',
  displayName,
  specialty,
});

const walkOf = (visit: Visit, accountId: string): Walk => ({
  operation: 'listDoctors',
  accountId,
  filters: [visit.optionalText('q')],
});

export function checkDoctorsCursor(visit: Visit, { accountId }: Caller): FieldError[] {
  const cursor = visit.optionalText('cursor');
  const isRight = !cursor || isIssued(visit.floor.configuration.cursorSecret, walkOf(visit, accountId), cursor);
  return isRight ? [] : [wrongCursor];
}

const beginning = ['', '00000000-0000-0000-0000-000000000000'] as const;

export async function listDoctors(visit: Visit): Promise<Reply> {
  const { floor, values, tokenHash, now } = visit;
  const [q, cursor, limit] = [visit.optionalText('q'), visit.optionalText('cursor'), Number(values['limit'])];
  const position = cursor === undefined ? beginning : readPosition(cursor);
  if (!position) throw invalid(checkDoctorsCursor(visit, await requireCaller(visit)));
  const statement = q === undefined ? statements.listDoctors : statements.searchDoctors;
  const [name, id] = [String(position[0]), position[1]];
  const bound = [tokenHash, now, q?.toLowerCase() ?? '', name, id, limit + 1];
  const rows = await floor.database.query<DoctorRow>(statement, bound);
  const accountId = rows[0]?.callerId;
  if (accountId === undefined) throw unauthenticated();
  visit.accountId = accountId;
  const errors = checkDoctorsCursor(visit, { accountId, role: '' });
  if (errors.length > 0) throw invalid(errors);
  const items = rows[0]?.id === null ? [] : rows.slice(0, limit).map(profileOf);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const nextCursor =
    last === undefined
      ? null
      : writeCursor(floor.configuration.cursorSecret, walkOf(visit, accountId), [last.displayName, last.id]);
  return json(200, serialise.doctorPage({ items, nextCursor }));
}

async function findDoctor(visit: Visit): Promise<DoctorRow> {
  const values = [visit.tokenHash, visit.now, visit.text('doctorId')];
  const [row] = await visit.floor.database.query<DoctorRow>(statements.findDoctor, values);
  if (!row) throw unauthenticated();
  visit.accountId = row.callerId;
  if (row.id === null) throw notFound();
  return row;
}

export const getDoctor = async (visit: Visit): Promise<Reply> =>
  json(200, serialise.profile(profileOf(await findDoctor(visit))));

type BusyRow = { callerId: string; id: string | null; starts_at: number | null; ends_at: number };

export async function listBusyTimes(visit: Visit): Promise<Reply> {
  const [from, to] = [readInstant(visit.text('from')), readInstant(visit.text('to'))];
  if (to <= from || to - from > longestRange) return refuseRange(visit, from, to);
  const values = [visit.tokenHash, visit.now, visit.text('doctorId'), from, to];
  const rows = await visit.floor.database.query<BusyRow>(statements.listBusyTimes, values);
  if (!rows[0]) throw unauthenticated();
  visit.accountId = rows[0].callerId;
  if (rows[0].id === null) throw notFound();
  const items = rows[0].starts_at === null ? [] : rows.map(busyTimeOf);
  return json(200, serialise.busyTimes({ items }));
}

const busyTimeOf = (row: BusyRow): components['schemas']['BusyTime'] => ({
  startsAt: writeInstant(row.starts_at ?? 0),
  endsAt: writeInstant(row.ends_at),
});

async function refuseRange(visit: Visit, from: number, to: number): Promise<never> {
  await findDoctor(visit);
  if (to <= from) throw new Problem('invalid-range', 'to must be after from. Correct one of them.');
  throw new Problem('range-too-long', 'The range is longer than 31 days. Ask for a shorter one.');
}
