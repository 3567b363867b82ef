import { type ProblemCode, problems } from '@duet/contract/problems';
import type { Context } from 'hono';
import type { Fault } from './contract.ts';
import type { Env } from './world.ts';

/** Most of the places that a problem names; the others are counted. */
const MOST_FAULTS = 100;

/** A refusal: a code of the contract's catalogue, and the cause and the way out for a person. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly headers: Record<string, string>;
  readonly more: object;

  constructor(code: ProblemCode, detail: string, headers: Record<string, string> = {}, more: object = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
    this.more = more;
  }
}

/** 400 `validation-failed`, with every place of the request that does not fit. */
export function invalid(faults: readonly Fault[]): Problem {
  const errors = [...new Map(faults.map((fault) => [`${fault.in} ${fault.pointer} ${fault.rule}`, fault])).values()];
  return new Problem(
    'validation-failed',
    'The request does not fit its schema. Correct the places named in errors.',
    {},
    { errors: errors.slice(0, MOST_FAULTS), errorsOmitted: Math.max(0, errors.length - MOST_FAULTS) },
  );
}

/** Answers a refusal; whatever else was thrown is a mistake of ours, of which the caller is told nothing. */
export function answerProblem(thrown: Error, c: Context<Env>): Response {
  if (!(thrown instanceof Problem)) process.stderr.write(`${c.get('requestId')}: ${thrown.stack}\n`);
  const { code, message, headers, more } =
    thrown instanceof Problem
      ? thrown
      : new Problem('internal-error', 'Something went wrong here. Try again later, and name the request id.');
  // While an upload is under way, a connection that is closed is reset, and this answer with it. The adapter reads on.
  if (!c.env.incoming.complete && 'shouldKeepAlive' in c.env.outgoing) c.env.outgoing.shouldKeepAlive = true;
  const { status, title } = problems[code];
  const body = {
    type: `/problems/${code}`,
    title,
    status,
    detail: message,
    code,
    requestId: c.get('requestId'),
    ...more,
  };
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    ...headers,
  });
}
