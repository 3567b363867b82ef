import { problems } from '@duet/contract/problems';
import type { ErrorRequestHandler, Response } from 'express';
import { isDatabaseAway } from '../db/database-errors.ts';
import { Problem } from '../problem.ts';
import { send } from './reply.ts';

const namedPlaces = 100;
const mediaType = 'application/problem+json';

/**
 * Turns every failure into problem+json. What is not a Problem is a fault of ours, or a database that is away; nothing of
 * it is shown.
 *
 * @rule http/problem
 * @rule http/internal-error
 * @rule operations/database-away
 */
export const handleErrors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const problem = problemOf(error);
  const { status } = problems[problem.code];
  if (status >= 500) response.locals.failure = error;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendProblem(response, problem);
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) {
    const detail = 'The database does not answer at the moment; try again later.';
    return new Problem('service-unavailable', detail, { cause: error, retryAfterSeconds: 2 });
  }
  return new Problem('internal-error', 'Something went wrong here; the log says more under the request id.', {
    cause: error,
  });
}

function sendProblem(response: Response, problem: Problem): void {
  const { status, title } = problems[problem.code];
  const { requestId, checkAnswer } = response.locals;
  const document = {
    type: `/problems/${problem.code}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    requestId,
    ...membersOf(problem),
  };
  const mismatch = status === 500 ? undefined : mismatchOf(() => checkAnswer?.(status, mediaType, document));
  if (mismatch) {
    response.locals.failure = mismatch;
    return sendProblem(response, problemOf(mismatch));
  }
  if (problem.code === 'unauthenticated') response.setHeader('WWW-Authenticate', 'Bearer');
  if (status === 429 || status === 503) response.setHeader('Retry-After', String(problem.retryAfterSeconds ?? 1));
  send(response, status, mediaType, JSON.stringify(document));
}

function mismatchOf(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
}

function membersOf({ places, opensAt }: Problem): object {
  if (places) return { errors: places.slice(0, namedPlaces), errorsOmitted: Math.max(0, places.length - namedPlaces) };
  return opensAt ? { opensAt: opensAt.toISOString() } : {};
}
