import { logForPeople } from './http/dev-log.ts';
import type { Logging } from './logging.ts';

/** Paragraphs for people. */
export function devLogging(): Logging {
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
