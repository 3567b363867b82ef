import type { RequestHandler } from 'express';
import type { Config } from './config.ts';

/** Where the process writes what happens to it. */
export interface Logging {
  readonly requests: RequestHandler;
  /** Something that concerns no single request. */
  info(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  /** Writes what is still held back; to be called before the process ends. */
  flush(): void;
}

/** The log that the configuration chooses; the other one is not loaded. */
export async function createLogging(log: Config['log']): Promise<Logging> {
  if (log === 'dev') return (await import('./logging.dev.ts')).devLogging();
  return (await import('./logging.production.ts')).productionLogging();
}
