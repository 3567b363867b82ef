import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createDataSource } from './db/data-source.ts';
import { Database } from './db/database.ts';
import { keepTidy } from './db/retention.ts';
import { createLogging } from './logging.ts';
import { drain, listen, tuneServer } from './server.ts';

const config = readConfigOrExit();
const logging = createLogging(config.log);
const source = createDataSource({
  databaseUrl: config.databaseUrl,
  databasePoolSize: config.databasePoolSize,
  onConnectionLost: (error) => logging.warn('a database connection was lost', { cause: error.message }),
});
const database = new Database(source);
const phase = { isDraining: false };
const app = createApp({ config, database, logging, isDraining: () => phase.isDraining });
const server = tuneServer(createServer(app));

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());

await database.connect((cause) => logging.warn('the database is away; trying again', { cause: String(cause) }));
await listen(server, config);
logging.info('listening', { address: `http://${config.host}:${config.port}` });
const tidying = keepTidy(database, (cause) => logging.warn('old rows were not deleted', { cause: String(cause) }));

/** @rule operations/drain */
async function end(): Promise<void> {
  if (phase.isDraining) process.exit(1);
  phase.isDraining = true;
  await drain(server, config.drainSeconds);
  clearInterval(tidying);
  await database.close();
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
