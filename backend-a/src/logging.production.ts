import { pino } from 'pino';
import { logRequests } from './http/request-log.ts';
import type { Logging } from './logging.ts';

/** Lines of JSON for machines. */
export function productionLogging(): Logging {
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
