import type { RequestHandler } from 'express';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { logForPeople } from './http/dev-log.ts';
import { logRequests } from './http/request-log.ts';

/** Where the process writes what happens to it. */
export interface Logging {
  readonly requests: RequestHandler;
  /** Something that concerns no single request. */
  info(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  /** Writes what is still held back; to be called before the process ends. */
  flush(): void;
}

export function createLogging(log: Config['log']): Logging {
  return log === 'dev' ? devLogging() : productionLogging();
}

function productionLogging(): Logging {
  const destination = pino.destination({ fd: 1, sync: false });
  const logger = pino(
    {
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
  return {
    requests: logRequests(logger),
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    flush: () => destination.flushSync(),
  };
}

function devLogging(): Logging {
  const write = (message: string, details: object) => {
    const more = Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : '';
    process.stdout.write(`${new Date().toISOString()} ${message}${more}\n`);
  };
  return {
    requests: logForPeople(process.stdout),
    info: (message, details = {}) => write(message, details),
    warn: (message, details = {}) => write(`warning: ${message}`, details),
    flush: () => undefined,
  };
}
