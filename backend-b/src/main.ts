import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createProductionLog } from './http/request-log.ts';

/** Starts the server, and ends the process when it is told to. */
async function main(config: Config): Promise<void> {
  const logger = createProductionLog();
  const app = await buildApp(config, logger);
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    console.error(causeOf(error, config));
    process.exit(1);
  }
  // Who reads that it listens may tell it to end at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void drain(app, config.drainSeconds));
  }
  announce(config, logger, app.server.address());
}

const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL']);

/** One line that begins with the setting at fault. */
function causeOf(error: unknown, { host, port }: Config): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `PORT: ${port} is in use on ${host}; choose another port, or stop what listens there.`;
  }
  if (NO_ADDRESS.has(code)) {
    return `HOST: ${host} is no address of this machine (${code}); set it to one, or to 0.0.0.0 for all.`;
  }
  return `PORT: cannot listen on ${host}:${port} (${message}); choose another port or host.`;
}

function announce({ log }: Config, logger: Logger, address: AddressInfo | string | null): void {
  const where = address && typeof address === 'object' ? `http://${address.address}:${address.port}` : String(address);
  if (log === 'dev') console.log(`Listening on ${where}\n`);
  else logger.info({ address: where }, 'listening');
}

/**
 * Not ready at once, but serving until the balancer has noticed; then what is in flight ends, and so does the process.
 * @rule operations/drain
 */
async function drain(app: FastifyInstance, seconds: number): Promise<void> {
  app.isDraining = true;
  await sleep(seconds * 1000);
  await app.close();
  process.exit(0);
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

await main(configOrExit());
