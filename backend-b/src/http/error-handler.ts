import { problems } from '@duet/contract/problems';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { isDatabaseAway } from '../db/errors.ts';
import { Problem } from '../problem.ts';
import { shownErrors } from './validate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What made the answer a 5xx, for the log alone. */
    failure: Error | null;
  }
}

const AWAY_SECONDS = 1;

/**
 * Turns whatever was thrown into a problem document.
 * @rule http/problem
 */
export const errorHandler = plugin(
  async (app: FastifyInstance) => {
    app.decorateRequest('failure', null);
    app.setErrorHandler((error: FastifyError | Error, request, reply) => {
      const problem = toProblem(error);
      if (problems[problem.code].status >= 500) request.failure = error;
      return sendProblem(problem, request, reply);
    });
  },
  { name: 'error-handler' },
);

/** @rule http/internal-error */
function toProblem(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return away(error);
  if ('statusCode' in error && error.statusCode === 415) {
    return new Problem('unsupported-media-type', 'The Content-Type is no media type; send application/json.');
  }
  const detail = 'The server failed unexpectedly; try again, and name the requestId when you report it.';
  return new Problem('internal-error', detail, { cause: error });
}

/** @rule operations/database-away */
function away(cause: Error): Problem {
  const detail = 'The database does not answer at the moment; try again after the seconds that Retry-After names.';
  return new Problem('service-unavailable', detail, { retryAfterSeconds: AWAY_SECONDS, cause });
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, facts } = problem;
  const { status, title } = problems[code];
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  if (facts.retryAfterSeconds !== undefined)
    reply.header('retry-after', Math.max(1, Math.ceil(facts.retryAfterSeconds)));
  const document = {
    type: `/problems/${code}`,
    title,
    status,
    detail: problem.message,
    code,
    requestId: request.id,
    ...(facts.errors && shownErrors(facts.errors)),
    ...(facts.opensAt && { opensAt: facts.opensAt.toISOString() }),
  };
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(document));
}
