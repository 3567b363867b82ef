import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Behaviour, honest } from './behaviour.ts';
import { operations } from './contract.ts';
import type { Lie } from './fault.ts';
import { isHandled } from './handlers.ts';
import { answer, type Site, type Visit } from './pipeline.ts';
import { writeReply } from './reading.ts';
import { problemReply, Refusal, type Reply } from './reply.ts';
import { createRoutes, findRoute } from './routes.ts';
import { createWorld } from './world.ts';

export type SpecimenOptions = {
  inviteCode: string;
  /** What it does otherwise than the contract says; nothing unless told. */
  lie?: Lie;
  /** Listening addresses over one state, 2 unless told. */
  replicas?: number;
  /** The first replica's port, the others follow; free ports unless told. */
  port?: number;
  corsOrigins?: string[];
};
export type Specimen = { urls: string[]; stop(): Promise<void> };

/** Starts the in-memory server that keeps the contract, save for a lie. Its clock header is always on. */
export async function createSpecimen(options: SpecimenOptions): Promise<Specimen> {
  const behaviour: Behaviour = { ...honest, ...options.lie?.override?.(honest) };
  const routes = createRoutes(operations.filter(({ operationId }) => isHandled(operationId)));
  const site: Site = { world: createWorld(), behaviour, inviteCode: options.inviteCode, routes };
  const servers = await Promise.all(
    Array.from({ length: options.replicas ?? 2 }, (_, replica) =>
      listen(serve(site, options, replica), options.port ? options.port + replica : 0),
    ),
  );
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function serve(site: Site, options: SpecimenOptions, replica: number): Server {
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    const visit = visitOf(request, replica);
    const started = performance.now();
    const intercept = options.lie?.intercept ?? ((_, next) => next());
    const operationId = operationIdOf(site, visit);
    const answered = async () => {
      const reply = await intercept({ ...visit, operationId }, () => finishedReply(site, options, visit), site.world);
      count(site, visit, reply, performance.now() - started);
      writeReply(request, response, reply);
    };
    answered().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.destroy();
    });
  });
  return server;
}

async function finishedReply(site: Site, options: SpecimenOptions, visit: Visit): Promise<Reply> {
  const { behaviour } = site;
  const requestId = behaviour.requestId(visit.headers['x-request-id']);
  const reply = await answer(site, visit).catch((error: unknown) =>
    problemReply(refusalOf(error, visit.request), behaviour.requestIdOfProblem(requestId)),
  );
  const headers = { ...behaviour.standardHeaders(reply.status), 'x-request-id': requestId };
  return { ...reply, headers: { ...headers, ...corsHeaders(behaviour, options, visit, reply), ...reply.headers } };
}

function refusalOf(error: unknown, request: IncomingMessage): Refusal {
  if (error instanceof Refusal) return error;
  if (!request.destroyed) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new Refusal('internal-error', 'The server failed unexpectedly; try again.');
}

function corsHeaders(
  behaviour: Behaviour,
  options: SpecimenOptions,
  visit: Visit,
  reply: Reply,
): Record<string, string> {
  const { origin } = visit.headers;
  const allowed = origin === undefined ? undefined : behaviour.allowedOrigin(origin, options.corsOrigins ?? []);
  const isPreflight = visit.method === 'OPTIONS' && 'access-control-request-method' in visit.headers;
  return allowed === undefined ? {} : behaviour.corsHeaders(allowed, isPreflight ? reply.headers['allow'] : undefined);
}

function visitOf(request: IncomingMessage, replica: number): Visit {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    request,
    method: request.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    replica,
  };
}

function operationIdOf({ routes }: Site, { path, method }: Visit): string | undefined {
  const operations = findRoute(routes, path)?.operations ?? [];
  return operations.find((one) => one.method === (method === 'HEAD' ? 'GET' : method))?.operationId;
}

function count({ world, routes }: Site, visit: Visit, { status }: Reply, ms: number): void {
  const route = findRoute(routes, visit.path)?.operations[0]?.template ?? 'unknown';
  const labels = `method="${visit.method}",route="${route}",status="${status}"`;
  const { count: before, seconds } = world.requestDurations.get(labels) ?? { count: 0, seconds: 0 };
  world.requestDurations.set(labels, { count: before + 1, seconds: seconds + ms / 1000 });
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
