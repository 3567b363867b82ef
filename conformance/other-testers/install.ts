import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toolCache } from '../bench/tool-cache.ts';
import { runCommand } from '../src/stack/command.ts';
import { withLock } from '../src/stack/lock.ts';

/** Where a tool's program is, or on one line why there is none and the way out. */
export type Found = { program: string } | { missing: string };

export type Installation = {
  name: string;
  version: string;
  /** Of the program, in the tool's folder. */
  program: string;
  /** What fills the folder, one after the other, each told where it is. */
  commands(folder: string): string[][];
  /** What it needs, for whoever has it not. */
  needs: string;
  log(line: string): void;
};

/**
 * Finds a tool in the user's cache, or installs it there once; another version has another folder. A folder in which an
 * installation ended midway is made anew.
 */
export async function findOrInstall(installation: Installation): Promise<Found> {
  const { name, version, program } = installation;
  const folder = path.join(path.dirname(toolCache('k6')), name, version);
  const [done, file] = [path.join(folder, '.installed'), path.join(folder, program)];
  mkdirSync(path.dirname(folder), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(done)) return { program: file };
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const missing = await install(folder, installation);
    if (missing !== undefined) return { missing };
    writeFileSync(done, '');
    return { program: file };
  });
}

async function install(folder: string, installation: Installation): Promise<string | undefined> {
  const { name, version, commands, needs, log } = installation;
  log(`installing ${name} ${version} into ${folder}, once`);
  for (const command of commands(folder)) {
    const { code, output } = await runCommand(command, { cwd: folder });
    const last = output.trim().split('\n').at(-1)?.trim() ?? '';
    if (code !== 0) return `${name} ${version} cannot be installed by ${command[0]}: ${last}; it needs ${needs}`;
  }
  return undefined;
}
