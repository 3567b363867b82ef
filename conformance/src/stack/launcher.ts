import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, StartError, wordsOf } from './errors.ts';

/** How a target is started, migrated and given a database: plain JSON, handed to the tests as it is. */
export type Launcher = {
  name: string;
  /** The command of the server itself: signals go to this process, so no shell or npm between. */
  start: string[];
  /** The command that applies the migrations and exits 0. */
  migrate: string[];
  /** Where both are run, an absolute path. */
  cwd: string;
  /** What they need besides DATABASE_URL, PORT and HOST. */
  env: Record<string, string>;
  /** A role that may create databases. */
  databaseUrl: string;
  /** That database has the migrations in, and may be shared with more servers. */
  migrated?: boolean;
};

const example =
  '{"name": "mine", "start": ["node", "main.js"], "migrate": ["node", "migrate.js"], "cwd": ".", "env": {}, "databaseUrl": "postgresql://…"}';

/**
 * Reads a launcher file: the keys of Launcher; `cwd` is taken from the file's own folder.
 * @throws StartError that names the file and the key.
 */
export function readLauncher(file: string): Launcher {
  const content = parse(file);
  const known = ['name', 'start', 'migrate', 'cwd', 'env', 'databaseUrl', 'migrated'];
  const unknown = Object.keys(content).find((key) => !known.includes(key));
  if (unknown) throw new StartError(`${file}: ${unknown} is no key of a launcher; it has ${known.join(', ')}`);
  return {
    name: text(file, content, 'name'),
    start: words(file, content, 'start'),
    migrate: words(file, content, 'migrate'),
    cwd: path.resolve(path.dirname(file), text(file, content, 'cwd')),
    env: settings(file, content),
    databaseUrl: address(file, content),
    migrated: flag(file, content, 'migrated'),
  };
}

type Content = Record<string, unknown>;

function parse(file: string): Content {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new StartError(`${file}: there is no such launcher file`);
    throw new StartError(`${file} cannot be read as JSON: ${wordsOf(error)}`, { cause: error });
  }
  if (isContent(content)) return content;
  throw new StartError(`${file}: a launcher file holds one object, such as ${example}`);
}

function text(file: string, content: Content, key: string): string {
  const value = content[key];
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(file, key, value, 'a text');
}

function words(file: string, content: Content, key: string): string[] {
  const value = content[key];
  if (Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string')) return value;
  throw wrong(file, key, value, 'a list of texts, the program first');
}

function flag(file: string, content: Content, key: string): boolean {
  const value = content[key] ?? false;
  if (typeof value === 'boolean') return value;
  throw wrong(file, key, value, 'true or false');
}

function settings(file: string, content: Content): Record<string, string> {
  const value = content['env'] ?? {};
  if (!isContent(value)) throw wrong(file, 'env', value, 'an object of texts');
  const entries = Object.entries(value).map(([name, setting]) => {
    if (typeof setting !== 'string') throw wrong(file, `env.${name}`, setting, 'a text');
    return [name, setting] as const;
  });
  return Object.fromEntries(entries);
}

function address(file: string, content: Content): string {
  const value = text(file, content, 'databaseUrl');
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  throw wrong(file, 'databaseUrl', value, 'a URL such as postgresql://role:password@host:5432/database');
}

function wrong(file: string, key: string, value: unknown, wanted: string): StartError {
  return new StartError(`${file}: ${key} ${value === undefined ? 'is missing' : 'is wrong'}: it must be ${wanted}`);
}

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
export { openDatabaseProxy, type DatabaseProxy } from './database-proxy.ts';
export { launch, runMigrate, type LaunchOptions } from './launching.ts';
export type { ServerProcess } from './server.ts';
