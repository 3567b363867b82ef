import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import { createApp } from '../app.ts';
import { readConfig, type TracesConfig } from '../config.ts';
import { createDataSource } from '../db/data-source.ts';
import { Database } from '../db/database.ts';
import { dbOf } from '../db/hot-paths.ts';
import { EventHub } from '../features/events/event-hub.ts';
import { peerProvider } from '../video/peer.ts';
import { startTraces } from './traces.ts';

/** An application on a port of its own that traces as `env` says, for tests; its database is not connected yet. */
export async function startTracedApplication(
  env: Record<string, string>,
  { requests, warn }: { requests: RequestHandler; warn: (message: string) => void },
) {
  const config = readConfig(env);
  const traces = startTraces(config.traces as TracesConfig, warn);
  const database = new Database(createDataSource({ ...config, onConnectionLost: () => undefined }));
  const events = new EventHub(
    () => Promise.resolve([]),
    () => undefined,
  );
  const provider = peerProvider(config.ice);
  const means = { config, database, db: dbOf(database, config), events, provider, traces };
  const app = createApp({ ...means, logging: { requests }, isDraining: () => false });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, database, traces };
}
