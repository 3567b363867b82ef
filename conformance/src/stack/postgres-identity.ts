import { chownSync, lstatSync, readdirSync } from 'node:fs';
import type { SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { runCommand } from './command.ts';

/** As whom PostgreSQL's programs are run: it refuses to be run by root. */
export type Identity = { prefix: string[]; options: SpawnOptions; owner: { uid: number; gid: number } | null };

const nobody = 65_534;
const ourselves: Identity = { prefix: [], options: {}, owner: null };

/** Root seen from inside a namespace as somebody else: no copies and no other owner of files, where the kernel permits it. */
const renamed: Identity = {
  prefix: ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'],
  options: {},
  owner: { uid: 0, gid: 0 },
};

const somebodyElse: Identity = {
  prefix: [],
  options: { uid: nobody, gid: nobody },
  owner: { uid: nobody, gid: nobody },
};

/** Those to try, the best first. */
export function possibleIdentities(): Identity[] {
  return process.getuid?.() === 0 ? [renamed, somebodyElse] : [ourselves];
}

/** Whether that identity can get into the folder and write there. */
export function canUse(identity: Identity, folder: string): Promise<boolean> {
  return succeeds(identity, ['test', '-w', folder, '-a', '-x', folder]);
}

/** Whether that identity can run PostgreSQL's programs where they lie. */
export async function canRun(identity: Identity, native: string): Promise<boolean> {
  const { code } = await runCommand(
    [...identity.prefix, path.join(native, 'bin/postgres'), '--version'],
    identity.options,
  );
  return code === 0;
}

/** Gives a file or folder with all it holds to that identity; links are not followed. */
export function giveTo(identity: Identity, place: string): void {
  if (!identity.owner) return;
  const { uid, gid } = identity.owner;
  const known = lstatSync(place);
  if (known.uid === uid && known.gid === gid) return;
  if (known.isDirectory()) for (const name of readdirSync(place)) giveTo(identity, path.join(place, name));
  if (!known.isSymbolicLink()) chownSync(place, uid, gid);
}

async function succeeds(identity: Identity, command: string[]): Promise<boolean> {
  return (await runCommand([...identity.prefix, ...command], identity.options)).code === 0;
}
