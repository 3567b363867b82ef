import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Core, type CoreOptions, createCore } from './core.ts';
import type { Visit } from './pipeline.ts';
import { readBody, writeReply } from './reading.ts';

export type SpecimenOptions = CoreOptions & {
  /** Listening addresses over one state, 2 unless told. */
  replicas?: number;
  /** The first replica's port, the others follow; free ports unless told. */
  port?: number;
};
export type Specimen = { urls: string[]; stop(): Promise<void> };

/** Starts the in-memory server that keeps the contract, save for a lie. Its clock header is always on. */
export async function createSpecimen(options: SpecimenOptions): Promise<Specimen> {
  const core = createCore(options);
  const servers = await Promise.all(
    Array.from({ length: options.replicas ?? 2 }, (_, replica) =>
      listen(serve(core, replica), options.port ? options.port + replica : 0),
    ),
  );
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function serve(core: Core, replica: number): Server {
  return createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    core
      .answer(visitOf(request, replica))
      .then((reply) => writeReply(request, response, reply))
      .catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        response.destroy();
      });
  });
}

function visitOf(request: IncomingMessage, replica: number): Visit {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: request.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    body: {
      read: (limit, refusesEarly) => readBody(request, limit, refusesEarly),
      isGone: () => request.destroyed,
    },
    replica,
  };
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
