import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfiguration } from './configuration.ts';
import { Database } from './database.ts';
import { Listener } from './events/listener.ts';
import { createRouter } from './http/routes.ts';
import { createListener } from './http/server.ts';
import type { Floor } from './http/visit.ts';
import { served } from './served.ts';

const { configuration, complaints } = readConfiguration(process.env);
if (complaints.length > 0) stopWith(complaints);

const { databaseUrl, poolSize, host, port, drainSeconds } = configuration;
const database = new Database(databaseUrl, poolSize);
const listener = new Listener(databaseUrl);
const floor: Floor = { database, configuration, hub: listener.hub, isDraining: false };
const server = createServer({ keepAliveTimeout: 75_000 }, createListener(floor, createRouter(served)));

server.on('error', (error: NodeJS.ErrnoException) => {
  const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST';
  stopWith([`${name}: the server cannot listen there (${error.code}). Set it to an address that is free.`]);
});
listener.start();
server.listen(port, host);
process.once('SIGTERM', () => void drain(server));

async function drain(listening: Server): Promise<void> {
  floor.isDraining = true;
  await pause(drainSeconds * 1000);
  const { promise: isClosed, resolve } = Promise.withResolvers<void>();
  listening.close(() => resolve());
  floor.hub.endAll();
  await isClosed;
  await Promise.all([listener.stop(), database.close()]);
  process.exit(0);
}

function stopWith(lines: string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}
