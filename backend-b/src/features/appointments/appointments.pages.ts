import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import type { Cursors, CursorScope } from '../../http/cursor.ts';
import type { Documented } from '../../http/documented.ts';
import { isInstant, toInstant } from '../../http/instants.ts';
import type { AppointmentsQuery } from './appointments.repository.ts';
import type { Appointment } from './appointments.rules.ts';

type Query = Documented<'listAppointments'>['Querystring'];

/** What the list of appointments asks for, and where its pages begin. */
export function appointmentsPages(cursors: Cursors) {
  const positionOf = (request: FastifyRequest): string[] | undefined => {
    const { cursor } = request.query as Query;
    return cursor === undefined ? undefined : cursors.read(scopeOf(request), cursor);
  };
  return {
    hasForeignCursor: (request: FastifyRequest): boolean =>
      (request.query as Query).cursor !== undefined && positionOf(request) === undefined,

    queryOf: (request: FastifyRequest): AppointmentsQuery => {
      const { status, from, to, limit = 20 } = request.query as Query;
      const [startsAt, id] = positionOf(request) ?? [];
      return {
        account: callerOf(request).account,
        status,
        from: from === undefined ? undefined : toInstant(from),
        to: to === undefined ? undefined : toInstant(to),
        after: startsAt !== undefined && id !== undefined ? { startsAt: new Date(startsAt), id } : undefined,
        limit,
      };
    },

    cursorAfter: (request: FastifyRequest, items: readonly Appointment[]): string | null => {
      const last = items.at(-1);
      return last ? cursors.write(scopeOf(request), [last.startsAt.toISOString(), last.id]) : null;
    },
  };
}

// The same instant may be spelled in many ways and is still the same filter.
function scopeOf(request: FastifyRequest): CursorScope {
  const { status, from, to } = request.query as Query;
  const filters = { status, from: normal(from), to: normal(to) };
  return { operation: 'listAppointments', accountId: callerOf(request).account.id, filters };
}

function normal(instant: string | undefined): string | undefined {
  return instant !== undefined && isInstant(instant) ? toInstant(instant).toISOString() : instant;
}
