import type { FastifyInstance } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { shownAccount } from '../accounts/accounts.routes.ts';
import { login, logout, logoutEverywhere } from './sessions.service.ts';

export async function sessionsRoutes(app: FastifyInstance): Promise<void> {
  app.route<Documented<'login'>>({
    ...documented('login'),
    handler: async ({ body: { email, password }, now }, reply) => {
      const session = await login(app.db, { email, password }, now);
      const { id, token, expiresAt, account } = session;
      reply.code(201).header('cache-control', 'no-store');
      return { id, token, expiresAt: expiresAt.toISOString(), account: shownAccount(account) };
    },
  });

  app.route<Documented<'logout'>>({
    ...documented('logout'),
    handler: async (request, reply) => {
      await logout(app.db, callerOf(request), request.now);
      return reply.code(204).send();
    },
  });

  app.route<Documented<'logoutEverywhere'>>({
    ...documented('logoutEverywhere'),
    handler: async (request, reply) => {
      await logoutEverywhere(app.db, callerOf(request), request.now);
      return reply.code(204).send();
    },
  });
}
