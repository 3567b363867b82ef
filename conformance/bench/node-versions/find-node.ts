import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../src/stack/command.ts';
import { withLock } from '../../src/stack/lock.ts';

/** The oldest Node that both backends' frameworks say they run on. */
export const OLDER_VERSION = '20.20.2';
const MAJOR = OLDER_VERSION.split('.', 1)[0];
const WAY = `set NODE20_BIN to a Node ${MAJOR}, or let npm reach its registry, by which it is installed once`;

/** What that Node is told before it can run our sources. */
export const stripTypes: string[] = ['--import', new URL('strip-types.mjs', import.meta.url).href];

export type OlderNode = { path: string; /** Such as v20.20.2. */ version: string };
/** Why there is none, on one line with the way out. */
export type NoOlderNode = { missing: string };

export type Surroundings = {
  /** Of NODE20_BIN. */
  environment: NodeJS.ProcessEnv;
  /** Where an installed one is kept for the next time. */
  cache: string;
  log(line: string): void;
};

/** Finds a Node 20: at `NODE20_BIN`, in the cache, else by npm into the cache. */
export async function findOlderNode({ environment, cache, log }: Surroundings): Promise<OlderNode | NoOlderNode> {
  const chosen = environment['NODE20_BIN'];
  if (chosen) return checked(chosen, `NODE20_BIN=${chosen}`);
  const platform = `node-linux-${process.arch}`;
  const folder = path.join(cache, OLDER_VERSION);
  const program = path.join(folder, 'node_modules', platform, 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true });
    const failed = await withLock(path.join(cache, 'installing'), () => install(platform, folder, log));
    if (failed) return failed;
  }
  return checked(program, program);
}

async function install(platform: string, folder: string, log: (line: string) => void): Promise<NoOlderNode | null> {
  if (existsSync(folder)) return null;
  log(`installing Node ${OLDER_VERSION} by npm, once for this machine`);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  writeFileSync(path.join(part, 'package.json'), '{ "private": true }\n');
  const command = ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', `${platform}@${OLDER_VERSION}`];
  const { code, output } = await runCommand(command, { cwd: part });
  if (code !== 0) return { missing: `npm cannot install ${platform}: ${output.trim().split('\n').at(-1)}; ${WAY}` };
  renameSync(part, folder);
  return null;
}

async function checked(program: string, named: string): Promise<OlderNode | NoOlderNode> {
  const { code, output } = await runCommand([program, '--version']);
  const version = output.trim();
  if (code !== 0) return { missing: `${named} cannot be run: ${WAY}` };
  if (version.startsWith(`v${MAJOR}.`)) return { path: program, version };
  return { missing: `${named} is ${version}, not Node ${MAJOR}: ${WAY}` };
}
