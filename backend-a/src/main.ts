import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createDataSource } from './db/data-source.ts';
import { isDatabaseAway } from './db/database-errors.ts';
import { Database } from './db/database.ts';
import { dbOf } from './db/hot-paths.ts';
import { Listener } from './db/listener.ts';
import { keepTidy } from './db/retention.ts';
import { EventHub } from './features/events/event-hub.ts';
import { eventChannel } from './features/events/events.repository.ts';
import { createLogging } from './logging.ts';
import { createTunedServer, drain, listen } from './server.ts';
import { createProvider } from './video/create-provider.ts';

/** For so long one waits for the database before listening without it. */
const connectMilliseconds = 1_000;

/** For so long rooms that were to be completed hold up the end. */
const lastCompletionsMilliseconds = 5_000;

const config = readConfigOrExit();
const logging = await createLogging(config.log);
const traces = config.traces && (await import('./tracing/traces.ts')).startTraces(config.traces, logging.warn);
const source = createDataSource({
  databaseUrl: config.databaseUrl,
  databasePoolSize: config.databasePoolSize,
  onConnectionLost: (error) => logging.warn('a database connection was lost', { cause: error.message }),
});
const database = new Database(source);
const db = dbOf(database, config);
const events = new EventHub(
  async (...wanted) => db().paths.listEvents(db(), ...wanted),
  (error) => {
    // That the database is away is said by the listener.
    if (!isDatabaseAway(error)) logging.warn('events were not read; trying again', { cause: String(error) });
  },
);
const listener = new Listener({
  databaseUrl: config.databaseUrl,
  channel: eventChannel,
  onMessage: (payload) => events.wake(payload.split(',')),
  onListening: () => events.wakeAll(),
  onLost: (cause) => logging.warn('events are not heard at the moment', { cause: String(cause) }),
});
const provider = await createProvider(config, logging.warn);
const phase = { isDraining: false };
const app = createApp({ config, database, db, events, provider, logging, traces, isDraining: () => phase.isDraining });
const server = createTunedServer(app);

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());

const connecting = database.connect((cause) => logging.warn('the database is away', { cause: String(cause) }));
await Promise.race([connecting, wait(connectMilliseconds, undefined, { ref: false })]);
void listener.run();
await listen(server, config);
logging.info('listening', { address: `http://${config.host}:${config.port}` });
const tidying = keepTidy(database, (cause) => logging.warn('old rows were not deleted', { cause: String(cause) }));

/** @rule operations/drain */
async function end(): Promise<void> {
  if (phase.isDraining) process.exit(1);
  phase.isDraining = true;
  await drain(server, config.drainSeconds, () => events.end());
  listener.close();
  clearInterval(tidying);
  await Promise.race([provider.rooms?.settled(), wait(lastCompletionsMilliseconds)]);
  await Promise.all([database.close(), traces?.end()]);
  logging.flush();
  process.exit(0);
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(error.lines.map((line) => `${line}\n`).join(''));
    process.exit(1);
  }
}
