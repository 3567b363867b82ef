import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { codeOf, StartError } from './errors.ts';

/** Longer than any server may take to listen. */
const reservedMs = 120_000;

/**
 * A port of 127.0.0.1 that nothing listens on and that no process of this machine was given within the last two minutes.
 * It lies below the range from which the system takes the ports of outgoing connections,
 * so that no connection made meanwhile can occupy it.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await isFree(port)) && (await reserve(port))) return port;
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

/**
 * Holds the UDP port of the same number: of two processes that found the port free, before either's server listened, the
 * system lets one have it; else one server would refuse to start and the other be taken for it.
 * @returns false when another holds it
 */
async function reserve(port: number): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const socket: Socket = createSocket('udp4');
  socket.once('error', (error) => (codeOf(error) === 'EADDRINUSE' ? resolve(false) : reject(error)));
  socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
    socket.unref();
    setTimeout(() => socket.close(), reservedMs).unref();
    resolve(true);
  });
  return promise;
}
