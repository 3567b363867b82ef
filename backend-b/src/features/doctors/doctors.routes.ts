import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { invalidCursor, type CursorScope } from '../../http/cursor.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { toInstant } from '../../http/instants.ts';
import { getDoctor, listBusyTimes, listDoctors } from './doctors.service.ts';

type Query = Documented<'listDoctors'>['Querystring'];

export async function doctorsRoutes(app: FastifyInstance): Promise<void> {
  const scopeOf = (request: FastifyRequest): CursorScope => ({
    operation: 'listDoctors',
    accountId: callerOf(request).account.id,
    filters: { q: (request.query as Query).q },
  });
  const positionOf = (request: FastifyRequest): string[] | undefined => {
    const { cursor } = request.query as Query;
    return cursor === undefined ? undefined : app.cursors.read(scopeOf(request), cursor);
  };

  app.route<Documented<'listDoctors'>>({
    ...documented('listDoctors', (request) => {
      const { cursor } = request.query as Query;
      return cursor !== undefined && !positionOf(request) ? [invalidCursor] : [];
    }),
    handler: async (request) => {
      const { q, limit = 20 } = request.query;
      const [displayName, id] = positionOf(request) ?? [];
      const after = displayName !== undefined && id !== undefined ? { displayName, id } : undefined;
      const { items, hasMore } = await listDoctors(app.db, { q, after, limit }, request.now);
      const last = items.at(-1);
      const nextCursor = hasMore && last ? app.cursors.write(scopeOf(request), [last.displayName, last.id]) : null;
      return { items, nextCursor };
    },
  });

  app.route<Documented<'getDoctor'>>({
    ...documented('getDoctor'),
    handler: async ({ params, now }) => getDoctor(app.db, { doctorId: params.doctorId }, now),
  });

  app.route<Documented<'listBusyTimes'>>({
    ...documented('listBusyTimes'),
    handler: async ({ params, query, now }) => {
      const range = { from: toInstant(query.from), to: toInstant(query.to) };
      const spans = await listBusyTimes(app.db, { doctorId: params.doctorId, range }, now);
      const items = spans.map(({ startsAt, endsAt }) => ({
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      }));
      return { items };
    },
  });
}
