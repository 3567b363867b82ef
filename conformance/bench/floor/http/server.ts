import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readInstant } from '../instants.ts';
import { type FieldError, invalid, notFound, Problem, unauthenticated } from '../problem.ts';
import { answer, answerProblem } from './answer.ts';
import { requireCaller } from './caller.ts';
import { malformed, parseBody, receiveBody, type Received } from './body.ts';
import { readParameters } from './parameters.ts';
import { noContent } from './reply.ts';
import { findRoute, type Operation, type Route, type Router } from './routes.ts';
import { bodyErrors, fieldError } from './validation.ts';
import { type Floor, tokenHashOf, Visit } from './visit.ts';

const own = randomBytes(6).toString('hex');
let count = 0;

function requestIdOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && /^[\w.-]{1,128}$/.test(given)) return given;
  count += 1;
  return `${own}-${count.toString(36)}`;
}

/** What answers the requests of a node:http server. */
export function createListener(floor: Floor, router: Router) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const visit = new Visit(floor, request, response, requestIdOf(request.headers['x-request-id']));
    const { url = '' } = request;
    const mark = url.indexOf('?');
    const found = findRoute(router, mark === -1 ? url : url.slice(0, mark));
    if (!found) return answerProblem(visit, notFound());
    visit.id = found.id;
    visit.query = mark === -1 ? '' : url.slice(mark + 1);
    enter(visit, found.route);
  };
}

function enter(visit: Visit, route: Route): void {
  const { method = '', headers } = visit.request;
  visit.route = route.template;
  if (method === 'OPTIONS') return answer(visit, noContent(preflight(visit, route)));
  const operation = route.operations.get(method);
  if (!operation) return answerProblem(visit, wrongMethod(route));
  visit.operation = operation;
  if (!operation.isOpen) {
    const tokenHash = tokenHashOf(headers.authorization);
    if (!tokenHash) return answerProblem(visit, unauthenticated());
    visit.tokenHash = tokenHash;
  }
  if (!operation.body) return void proceed(visit, operation, undefined);
  receiveBody(visit.request, (received) => void proceed(visit, operation, received));
}

function preflight({ floor, request }: Visit, { methods, allow }: Route): string[] {
  const { origin } = request.headers;
  const headers = ['Allow', allow];
  if (origin === undefined || !floor.configuration.corsOrigins.has(origin)) return headers;
  return [...headers, 'Access-Control-Allow-Methods', methods, 'Access-Control-Allow-Headers', allowedHeaders];
}

const allowedHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id';

const wrongMethod = ({ allow }: Route): Problem =>
  new Problem('method-not-allowed', 'This path does not answer this method; use one of those that Allow names.', {
    headers: ['Allow', allow],
  });

async function proceed(visit: Visit, operation: Operation, received: Received | undefined): Promise<void> {
  try {
    const refusal = read(visit, operation, received);
    if (refusal) await refuse(visit, operation, refusal);
    const reply = await operation.handle(visit);
    answer(visit, reply);
  } catch (error) {
    answerProblem(visit, error);
  }
}

/** Reads the request. What is wrong with it is told only to somebody with a session. */
function read(visit: Visit, operation: Operation, received: Received | undefined): Problem | undefined {
  const { request, floor, query, id } = visit;
  const errors: FieldError[] = [];
  visit.now = floor.configuration.hasClock ? readClock(request.headers['conformance-now'], errors) : Date.now();
  visit.values = readParameters(operation.plan, { id, query, headers: request.headers }, errors);
  if (operation.body) {
    try {
      visit.body = parseBody(received ?? 'too-large', request.headers);
    } catch (error) {
      return error as Problem;
    }
    if (visit.body !== undefined) {
      if (!operation.body.validate(visit.body)) errors.push(...bodyErrors(operation.body.validate));
    } else if (operation.body.isRequired) return malformed();
  }
  return errors.length === 0 ? undefined : invalid(errors);
}

function readClock(header: string | string[] | undefined, errors: FieldError[]): number {
  if (header === undefined) return Date.now();
  const now = readInstant(String(header));
  if (!Number.isNaN(now)) return now;
  errors.push(fieldError('header', '/Conformance-Now', 'format', 'is no RFC 3339 instant'));
  return Date.now();
}

async function refuse(visit: Visit, { isOpen, check }: Operation, refusal: Problem): Promise<never> {
  if (!isOpen) {
    const caller = await requireCaller(visit);
    if (check && refusal.code === 'validation-failed') refusal.errors.push(...check(visit, caller));
  }
  throw refusal;
}
