import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codeOf, StartError, wordsOf } from '../stack/errors.ts';
import { forward } from './forward.ts';
import { sendProblem } from './problems.ts';
import { Replicas } from './replicas.ts';
import { securityHeaders } from './security-headers.ts';
import type { StaticFiles } from './static-files.ts';
import { joinUpgrade } from './upgrade.ts';

export type ServedBackend = { id: string; name: string; urls: readonly string[] };
export type ClientServerOptions = {
  host: string;
  port: number;
  files: StaticFiles;
  backends: readonly ServedBackend[];
  /** Told to the client as they are. */
  demo?: unknown;
  /** The emulator's signalling, reached below this origin. */
  signalling?: string | undefined;
  certificate?: { key: string; cert: string } | undefined;
};
export type ClientServer = { port: number; close(): Promise<void> };

const signallingPath = '/signaling';

/**
 * One origin for everything: the client's files, and each backend's replicas behind /<id>, so that no browser needs CORS
 * and no page knows of replicas.
 * @throws StartError when the port is taken.
 */
export async function startClientServer(options: ClientServerOptions): Promise<ClientServer> {
  const replicas = new Map(options.backends.map(({ id, urls }) => [id, new Replicas(urls)]));
  const server = createFor(options, (request, response) => {
    answer(request, response, { ...options, replicas }).catch((error: unknown) => fail(response, error));
  });
  server.on('upgrade', (request, socket, head) => {
    const isSignalling = request.url?.split('?')[0] === signallingPath;
    if (options.signalling && isSignalling) joinUpgrade(new URL(options.signalling), request, socket, head);
    else socket.destroy();
  });
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function createFor({ certificate }: ClientServerOptions, listener: RequestListener): Server {
  const settings = { keepAliveTimeout: 30_000, noDelay: true };
  return certificate ? createSecureServer({ ...settings, ...certificate }, listener) : createServer(settings, listener);
}

type Parts = ClientServerOptions & { replicas: ReadonlyMap<string, Replicas> };

async function answer(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://client');
  const [, id = '', ...rest] = pathname.split('/');
  const replicas = parts.replicas.get(id);
  if (replicas) {
    // What operators read (metrics) is not for browsers.
    if (rest[0] !== 'v1') return sendProblem(response, 'not-found');
    return forward(request, response, { path: (request.url ?? '').slice(id.length + 1), replicas });
  }
  const headers = securityHeaders({ isSecure: parts.certificate !== undefined, otherBackends: true });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return void response.writeHead(405).end();
  }
  if (pathname === '/client-config.json') return sendConfig(request, response, parts);
  // A file of an older build that is gone must not look like a page.
  if (pathname.startsWith('/assets/') && !parts.files.has(pathname)) return sendProblem(response, 'not-found');
  return parts.files.send(pathname, request, response);
}

function sendConfig(request: IncomingMessage, response: ServerResponse, parts: Parts): void {
  const { backends, demo, signalling, certificate } = parts;
  const scheme = certificate ? 'wss' : 'ws';
  const config = {
    backends: backends.map(({ id, name }) => ({ id, name, url: `/${id}` })),
    ...(signalling && { wsServer: `${scheme}://${request.headers.host}${signallingPath}` }),
    ...(demo !== undefined && { demo }),
  };
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(config));
}

function fail(response: ServerResponse, error: unknown): void {
  process.stderr.write(`client server: ${wordsOf(error)}\n`);
  if (response.headersSent) response.destroy();
  else sendProblem(response, 'service-unavailable');
}

function listen(server: Server, { host, port }: ClientServerOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => {
    const isTaken = codeOf(error) === 'EADDRINUSE';
    reject(
      isTaken
        ? new StartError(`port ${port} is in use: stop what listens there, or choose another with --port`)
        : new StartError(`the client cannot be served at ${host}:${port}: ${wordsOf(error)}`),
    );
  });
  server.listen(port, host, resolve);
  return promise;
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
