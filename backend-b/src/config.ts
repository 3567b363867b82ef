import { databaseUrl, Wrong } from './config.readers.ts';
import { readEnvironment, type Settings } from './config.settings.ts';

export type Config = Readonly<Settings>;

/** Every wrong or missing setting, one line each, beginning with the setting's name. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/**
 * Reads and checks the whole configuration once.
 * @param env the process's environment; an empty string counts as missing
 * @throws ConfigError that names every wrong or missing setting
 * @rule operations/configuration
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { settings, lines } = readEnvironment(env);
  if (lines.length > 0) throw new ConfigError(lines);
  return Object.freeze(settings);
}

/** The one setting that migrating needs. */
export function readDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  try {
    return databaseUrl(env['DATABASE_URL'] ?? '');
  } catch (error) {
    throw error instanceof Wrong ? new ConfigError([`DATABASE_URL: ${error.message}.`]) : error;
  }
}
