import type { Behaviour } from './behaviour.ts';
import type { CallerContext, Context } from './context.ts';
import type { Operation } from './contract.ts';
import { callerChecks, callerHandlers, openChecks, openHandlers } from './handlers.ts';
import { noContent, Refusal, type Reply } from './reply.ts';
import { findRoute, type Found, type Route } from './routes.ts';
import { bodyErrors, type FieldError, onePerPlace, place, readParts } from './validation.ts';
import type { Account, Session, World } from './world.ts';

export type Visit = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: BodySource;
  replica: number;
};
/** `read` gives 'too-large' as soon as the body is known to be longer than the limit. */
export type BodySource = {
  read(limit: number, refusesEarly: boolean): Promise<Buffer | 'too-large'>;
  /** Whether the client went away. */
  isGone(): boolean;
};
export type Site = { world: World; behaviour: Behaviour; inviteCode: string; routes: Route[] };

/** Answers a visit in the contract's order of checks. @throws Refusal */
export async function answer(site: Site, visit: Visit): Promise<Reply> {
  const { behaviour } = site;
  const found = findRoute(site.routes, behaviour.routedPath(visit.path));
  if (!found) throw new Refusal('not-found', 'Nothing is at this path; check it.');
  const allow = behaviour.allowedMethods(found.operations.map(({ method }) => method)).join(', ');
  if (visit.method === 'OPTIONS') return noContent({ allow });
  const operation = findOperation(behaviour, found, visit.method);
  if (!operation) throw new Refusal('method-not-allowed', `Use one of ${allow}.`, { headers: { allow } });
  const now = readNow(behaviour, visit.headers['conformance-now']);
  const identity = operation.isOpen ? undefined : authenticate(site, visit, Number.isNaN(now) ? Date.now() : now);
  const body = operation.body ? await readJson(behaviour, operation, visit) : undefined;
  return handle(site, visit, { operation, found, now, body, identity });
}

type Prepared = {
  operation: Operation;
  found: Found;
  now: number;
  body: unknown;
  identity: { caller: Account; session: Session } | undefined;
};

function handle(site: Site, visit: Visit, { operation, found, now, body, identity }: Prepared) {
  const { operationId } = operation;
  const read = readParts(operation, { path: found.parameters, query: visit.query, headers: visit.headers });
  const { world, behaviour, inviteCode } = site;
  const context: Context = {
    world,
    behaviour,
    inviteCode,
    replica: visit.replica,
    now,
    openedAt: Date.now(),
    ...read.parts,
    body,
  };
  const callerContext = identity && { ...context, ...identity };
  const checked = callerContext ? callerChecks[operationId]?.(callerContext) : openChecks[operationId]?.(context);
  const found400 = [...clockErrors(now), ...read.errors, ...jsonErrors(operation, body), ...(checked ?? [])];
  refuseInvalid(behaviour, behaviour.toldErrors(onePerPlace(found400), { operationId, ...read.parts, body }));
  const run = callerContext ? runAsCaller(operationId, callerContext) : openHandlers[operationId]?.(context);
  if (!run) throw new Error(`no handler for ${operationId}`);
  return run;
}

const runAsCaller = (operationId: string, context: CallerContext) => callerHandlers[operationId]?.(context);

function findOperation(behaviour: Behaviour, { operations }: Found, method: string): Operation | undefined {
  const isHead =
    method === 'HEAD' && operations.some((one) => one.method === 'GET' && behaviour.answersHead(one.operationId));
  return operations.find((operation) => operation.method === (isHead ? 'GET' : method));
}

function readNow(behaviour: Behaviour, header: string | undefined): number {
  const now = behaviour.readClock(header, Date.now());
  return typeof now === 'number' ? now : behaviour.readInstant(now);
}

const clockErrors = (now: number): FieldError[] =>
  Number.isNaN(now) ? [place('header', '/Conformance-Now', 'format', 'is not an RFC 3339 instant')] : [];

function authenticate({ behaviour, world }: Site, { headers, replica }: Visit, now: number) {
  const session = world.sessions.get(behaviour.bearerToken(headers['authorization']) ?? '');
  const caller = world.accounts.get(session?.accountId ?? '');
  if (!session || !caller || behaviour.isExpired(session, now) || behaviour.isRevoked(session, replica)) {
    throw new Refusal('unauthenticated', 'You are not logged in; log in and send the token.', {
      headers: behaviour.challenge(),
    });
  }
  return { session, caller: behaviour.actingAs(caller, headers, world) };
}

async function readJson(behaviour: Behaviour, operation: Operation, { body, headers }: Visit): Promise<unknown> {
  const limit = behaviour.bodyLimit(headers['transfer-encoding'] !== undefined);
  const bytes = await body.read(limit, behaviour.refusesEarly());
  if (bytes === 'too-large') throw new Refusal('payload-too-large', 'The body is over 65,536 bytes; send less.');
  if (bytes.length === 0) return absentBody(behaviour, operation);
  if (!behaviour.takesMediaType(headers['content-type'], headers['content-encoding'])) {
    throw new Refusal('unsupported-media-type', 'Send application/json in UTF-8, without Content-Encoding.');
  }
  try {
    return behaviour.parseBody(behaviour.decodeBody(bytes));
  } catch {
    throw new Refusal('malformed-body', 'The body is not JSON in UTF-8; correct it.');
  }
}

function absentBody(behaviour: Behaviour, operation: Operation): unknown {
  const value = behaviour.absentBody();
  if (operation.body?.isRequired && value === undefined) {
    throw new Refusal('malformed-body', 'A JSON body is required; send one.');
  }
  return value;
}

const jsonErrors = (operation: Operation, body: unknown): FieldError[] =>
  operation.body && body !== undefined ? bodyErrors(operation.body.schema, body) : [];

function refuseInvalid(behaviour: Behaviour, errors: FieldError[]): void {
  if (errors.length === 0) return;
  const named = errors.slice(0, behaviour.errorsNamed());
  throw new Refusal('validation-failed', 'The request is invalid; correct what errors names.', {
    members: { errors: named, errorsOmitted: behaviour.errorsOmitted(errors.length, named.length) },
  });
}
