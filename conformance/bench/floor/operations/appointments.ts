import type { components } from '@duet/contract/types';
import { isIssued, readPosition, type Walk, writeCursor, wrongCursor } from '../cursors.ts';
import type { Query, Row } from '../database.ts';
import { json, noStore, type Reply } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import type { Caller, Visit } from '../http/visit.ts';
import { readInstant, writeInstant } from '../instants.ts';
import { type FieldError, invalid, notFound, Problem, unauthenticated } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import * as statements from '../statements/appointments.ts';
import { appointmentOf, type AppointmentRow, names, represent, statusOf } from './appointment-view.ts';

export type Seen = Row & { callerId: string } & ({ id: null } | AppointmentRow);

/** The appointment that the path names, to its participants alone. @throws Problem unauthenticated, not-found */
export async function findOwn(visit: Visit, query?: Query): Promise<AppointmentRow> {
  const values = [visit.tokenHash, visit.now, visit.text('appointmentId')];
  const [row] = query
    ? await query<Seen>(statements.findAppointment, values)
    : await visit.floor.database.query<Seen>(statements.findAppointment, values);
  if (!row) throw unauthenticated();
  visit.accountId = row.callerId;
  if (row.id === null) throw notFound();
  return row;
}

export async function getAppointment(visit: Visit): Promise<Reply> {
  const { body, etag } = represent(await findOwn(visit), visit.now);
  const tags = visit.optionalText('If-None-Match');
  const headers = [...noStore, 'ETag', etag];
  if (tags !== undefined && names(tags, etag, 'weak')) return { status: 304, type: null, body: '', headers };
  return json(200, body, headers);
}

export async function cancelAppointment(visit: Visit): Promise<Reply> {
  const { now } = visit;
  const { reason = null } = (visit.body ?? {}) as components['schemas']['Cancellation'];
  const { body, etag } = await visit.floor.database.transaction(async (query) => {
    await query(statements.lockPeople, [visit.text('appointmentId'), visit.tokenHash]);
    const row = await findOwn(visit, query);
    refuseCancel(visit, row);
    const cancelled = { ...row, cancelled_at: now, cancelled_by: visit.accountId, cancel_reason: reason };
    const representation = represent(cancelled, now);
    await query(statements.cancelAppointment, [row.id, now, visit.accountId, reason]);
    const data = serialise.cancelled({ at: writeInstant(now), appointment: appointmentOf(cancelled, now) });
    await query(statements.tell, [`{${row.doctor_id},${row.user_id}}`, 'appointment.cancelled', data, now, null]);
    return representation;
  });
  return json(200, body, [...noStore, 'ETag', etag]);
}

function refuseCancel(visit: Visit, row: AppointmentRow): void {
  const tags = visit.optionalText('If-Match');
  if (tags !== undefined && !names(tags, represent(row, visit.now).etag, 'strong')) {
    throw new Problem('stale-version', 'The appointment has changed meanwhile. Read it again, then decide.');
  }
  if (statusOf(row, visit.now) !== 'scheduled') {
    throw new Problem('invalid-transition', 'Only a scheduled appointment that has not ended can be cancelled.');
  }
}

const [earliest, latest] = [-8_640_000_000_000_000, 8_640_000_000_000_000];

type Filters = { status: string | undefined; from: number; to: number };

function filtersOf(visit: Visit): Filters {
  const [from, to] = [visit.optionalText('from'), visit.optionalText('to')];
  return {
    status: visit.optionalText('status'),
    from: from === undefined ? earliest : readInstant(from),
    to: to === undefined ? latest : readInstant(to),
  };
}

const walkOf = ({ status, from, to }: Filters, accountId: string): Walk => ({
  operation: 'listAppointments',
  accountId,
  filters: [status, from, to],
});

function isCursorRight(visit: Visit, filters: Filters, accountId: string): boolean {
  const cursor = visit.optionalText('cursor');
  return !cursor || isIssued(visit.floor.configuration.cursorSecret, walkOf(filters, accountId), cursor);
}

export function checkAppointmentsCursor(visit: Visit, { accountId }: Caller): FieldError[] {
  return isCursorRight(visit, filtersOf(visit), accountId) ? [] : [wrongCursor];
}

const beginning = [earliest, '00000000-0000-0000-0000-000000000000'] as const;

export async function listAppointments(visit: Visit): Promise<Reply> {
  const { tokenHash, now, values } = visit;
  const filters = filtersOf(visit);
  const { status, from, to } = filters;
  const [cursor, limit] = [visit.optionalText('cursor'), Number(values['limit'])];
  const position = cursor === undefined ? beginning : readPosition(cursor);
  if (!position || typeof position[0] !== 'number')
    throw invalid(checkAppointmentsCursor(visit, await requireCaller(visit)));
  const bound = [tokenHash, now, from, position[0], position[1], to, limit + 1];
  const rows = await (status === undefined
    ? visit.floor.database.query<Seen>(statements.listAppointments, bound)
    : visit.floor.database.query<Seen>(statements.listAppointmentsOfStatus, [...bound, status]));
  const accountId = rows[0]?.callerId;
  if (accountId === undefined) throw unauthenticated();
  visit.accountId = accountId;
  if (!isCursorRight(visit, filters, accountId)) throw invalid([wrongCursor]);
  if (to <= from) throw new Problem('invalid-range', 'to must be after from. Correct one of them.');
  const found = rows[0]?.id === null ? [] : (rows as AppointmentRow[]);
  return json(200, serialise.appointmentPage(pageOf(visit, filters, { accountId, found, limit })));
}

type Walked = { accountId: string; found: AppointmentRow[]; limit: number };

function pageOf(visit: Visit, filters: Filters, { accountId, found, limit }: Walked) {
  const items = [];
  for (const row of found) if (items.length < limit) items.push(appointmentOf(row, visit.now));
  const last = found.length > limit ? found[limit - 1] : undefined;
  if (!last) return { items, nextCursor: null };
  const { cursorSecret } = visit.floor.configuration;
  return { items, nextCursor: writeCursor(cursorSecret, walkOf(filters, accountId), [last.starts_at, last.id]) };
}
