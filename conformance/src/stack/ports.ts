import { createServer } from 'node:net';
import { codeOf, StartError } from './errors.ts';

const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nothing listens on and that this process was not given before.
 * It lies below the range from which the system takes the ports of outgoing connections,
 * so that no connection made meanwhile can occupy it.
 */
export async function freePort(): Promise<number> {
  if (given.size > 10_000) given.clear();
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new StartError('no free port between 20000 and 32000 on 127.0.0.1: stop some of what listens there');
}

/** Whether nothing listens on that port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', (error) => (codeOf(error) === 'EADDRINUSE' ? resolve(false) : reject(error)));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  return promise;
}
