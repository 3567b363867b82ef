import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from './config.ts';

const lastRequestsMilliseconds = 20_000;

// Not imported by name: that would read every export, and one of them loads the whole of fetch.
const { createServer } = process.getBuiltinModule('node:http');

/** The HTTP server with its own settings; it does not listen yet. */
export function createTunedServer(app: RequestListener): Server {
  const server = createServer(app);
  // Above the usual balancers' 60 s, so that they and not we close idle connections.
  server.keepAliveTimeout = 72_000;
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  // An unknown expectation is no reason for Node's own 417 without a body: it is answered like any other request.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
}

/** Listens, or ends the process with one line that names the setting at fault. */
export async function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    process.stderr.write(`${reasonOf(error, port, host)}\n`);
    process.exit(1);
  }
}

/**
 * Serves on until the balancer has noticed, then ends what would never end by itself and lets the requests in flight finish.
 *
 * @rule operations/drain
 */
export async function drain(server: Server, seconds: number, endStreams: () => void): Promise<void> {
  await wait(seconds * 1000);
  endStreams();
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, wait(lastRequestsMilliseconds, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
}

function reasonOf(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `PORT: ${port} is in use; end what listens there, or set another port`;
  if (code === 'EACCES') return `PORT: ${port} may not be opened by this user; set a port above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${host} is no address of this machine; set one, or 0.0.0.0`;
  return `PORT: ${port} cannot be opened (${String(error)}); set another port`;
}
