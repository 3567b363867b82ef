import type { ProblemCode } from '@duet/contract/problems';
import type { Intercept } from '../specimen/fault.ts';
import { problemReply, Refusal, type Reply } from '../specimen/reply.ts';
import type { Session } from '../specimen/world.ts';

type Visit = Parameters<Intercept>[0];
type World = Parameters<Intercept>[2];
type Change = (reply: Reply, visit: Visit) => Reply;

/** Changes answers after they were made. */
export const changing =
  (change: Change): Intercept =>
  async (visit, next) =>
    change(await next(), visit);

/** Changes the answers that fit. */
export const changingWhere = (fits: (reply: Reply, visit: Visit) => boolean, change: Change): Intercept =>
  changing((reply, visit) => (fits(reply, visit) ? change(reply, visit) : reply));

/** Changes the answers to some operations. */
export const changingOf = (operationIds: string[], change: Change): Intercept =>
  changingWhere((_, { operationId }) => operationId !== undefined && operationIds.includes(operationId), change);

export const withHeaders =
  (headers: Record<string, string>) =>
  (reply: Reply): Reply => ({
    ...reply,
    headers: { ...reply.headers, ...headers },
  });

export const withoutHeader =
  (name: string) =>
  (reply: Reply): Reply => ({
    ...reply,
    headers: Object.fromEntries(Object.entries(reply.headers).filter(([key]) => key !== name)),
  });

/** Changes the JSON body of an answer; one without stays as it is. */
export const withJson =
  (change: (value: Record<string, unknown>) => unknown): Change =>
  (reply) => {
    if (!reply.headers['content-type']?.includes('json')) return reply;
    return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Record<string, unknown>)) };
  };

/** Another refusal in place of an answer, with the headers that every answer has. */
export const asProblem =
  (code: ProblemCode, headers: Record<string, string> = {}): Change =>
  (reply) => {
    const problem = problemReply(new Refusal(code, 'Not so.', { headers }), reply.headers['x-request-id'] ?? '');
    return { ...problem, headers: { ...reply.headers, ...problem.headers } };
  };

export const isProblem = (reply: Reply): boolean => reply.status >= 400;

/** The value of the JSON body's `code`, if it is a problem. */
export const codeOf = (reply: Reply): string | undefined =>
  isProblem(reply) ? (JSON.parse(reply.body) as { code: string }).code : undefined;

/** The session whose token a request carries, if there is one. */
export const sessionOf = ({ headers }: Visit, world: World): Session | undefined =>
  world.sessions.get((headers['authorization'] ?? '').replace('Bearer ', ''));
