import { performance } from 'node:perf_hooks';
import { type Behaviour, honest } from './behaviour.ts';
import { operations } from './contract.ts';
import type { Lie } from './fault.ts';
import { isHandled } from './handlers.ts';
import { answer, type Site, type Visit } from './pipeline.ts';
import { problemReply, Refusal, type Reply } from './reply.ts';
import { createRoutes, findRoute } from './routes.ts';
import { createWorld, type World } from './world.ts';

export type CoreOptions = {
  inviteCode: string;
  /** What it does otherwise than the contract says; nothing unless told. */
  lie?: Lie;
  corsOrigins?: string[];
};

/** All of the specimen but its sockets: a visit in, an answer out, and the world that it changes. */
export type Core = { world: World; answer(visit: Visit): Promise<Reply> };

const routes = createRoutes(operations.filter(({ operationId }) => isHandled(operationId)));

/** @param world what has happened so far; nothing unless told */
export function createCore(options: CoreOptions, world: World = createWorld()): Core {
  const behaviour: Behaviour = { ...honest, ...options.lie?.override?.(honest) };
  const site: Site = { world, behaviour, inviteCode: options.inviteCode, routes };
  const intercept = options.lie?.intercept ?? ((_, next) => next());
  return {
    world,
    answer: async (visit) => {
      const started = performance.now();
      const operationId = operationIdOf(visit);
      const reply = await intercept({ ...visit, operationId }, () => finishedReply(site, options, visit), world);
      count(site, visit, reply, performance.now() - started);
      return reply;
    },
  };
}

async function finishedReply(site: Site, options: CoreOptions, visit: Visit): Promise<Reply> {
  const { behaviour } = site;
  const requestId = behaviour.requestId(visit.headers['x-request-id']);
  const reply = await answer(site, visit).catch((error: unknown) =>
    problemReply(refusalOf(error, visit), behaviour.requestIdOfProblem(requestId)),
  );
  const headers = { ...behaviour.standardHeaders(reply.status), 'x-request-id': requestId };
  return { ...reply, headers: { ...headers, ...corsHeaders(behaviour, options, visit, reply), ...reply.headers } };
}

function refusalOf(error: unknown, { body }: Visit): Refusal {
  if (error instanceof Refusal) return error;
  if (!body.isGone()) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new Refusal('internal-error', 'The server failed unexpectedly; try again.');
}

function corsHeaders(behaviour: Behaviour, options: CoreOptions, visit: Visit, reply: Reply): Record<string, string> {
  const { origin } = visit.headers;
  const allowed = origin === undefined ? undefined : behaviour.allowedOrigin(origin, options.corsOrigins ?? []);
  const isPreflight = visit.method === 'OPTIONS' && 'access-control-request-method' in visit.headers;
  return allowed === undefined ? {} : behaviour.corsHeaders(allowed, isPreflight ? reply.headers['allow'] : undefined);
}

function operationIdOf({ path, method }: Visit): string | undefined {
  const found = findRoute(routes, path)?.operations ?? [];
  return found.find((one) => one.method === (method === 'HEAD' ? 'GET' : method))?.operationId;
}

function count({ world }: Site, visit: Visit, { status }: Reply, ms: number): void {
  const route = findRoute(routes, visit.path)?.operations[0]?.template ?? 'unknown';
  const labels = `method="${visit.method}",route="${route}",status="${status}"`;
  const { count: before, seconds } = world.requestDurations.get(labels) ?? { count: 0, seconds: 0 };
  world.requestDurations.set(labels, { count: before + 1, seconds: seconds + ms / 1000 });
}
