import type { FastifyInstance, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import type { Caller } from '../features/sessions/sessions.rules.ts';
import { findCaller } from '../features/sessions/sessions.service.ts';
import { Problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null in operations that are open to everybody. */
    caller: Caller | null;
  }
}

/**
 * Finds out who asks before anything of the request is read. Open operations ignore a token.
 * @rule sessions/required
 */
export const authentication = plugin(
  async (app: FastifyInstance) => {
    app.decorateRequest('caller', null);
    app.addHook('onRequest', async (request) => {
      if (!request.routeOptions.config?.operation?.needsSession) return;
      const token = bearerToken(request);
      const caller = token === undefined ? undefined : await findCaller(app.db, { token }, request.now);
      if (!caller)
        throw new Problem('unauthenticated', 'The operation needs a valid session; log in and send its token.');
      request.caller = caller;
    });
  },
  { name: 'authentication' },
);

/**
 * Who asks, in operations that need a session. Whatever ids a request names, it acts for this account alone.
 * @rule sessions/own-data-only
 */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('An operation that is open to everybody has no caller');
  return request.caller;
}

function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1];
}
