import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeOf, StartError } from './errors.ts';
import { copyBinaries, findBinaries, makeLinks, type Binaries } from './postgres-binaries.ts';
import { canRun, canUse, giveTo, possibleIdentities, type Identity } from './postgres-identity.ts';

/** Where a cluster lives and as whom it is run. */
export type Place = {
  /** Belongs to us: the lock, the password, the list of users. */
  folder: string;
  /** Belongs to the identity that runs PostgreSQL: data/ and postgres.log. */
  server: string;
  native: string;
  identity: Identity;
};

/**
 * Finds a place where PostgreSQL can be run: the wanted folder, or, when it (or the installed binaries) cannot be
 * reached by the user PostgreSQL must run as, a folder under the system's temporary one that belongs to the wanted one.
 * @throws StartError when neither can be used.
 */
export async function findPlace(wanted: string): Promise<Place> {
  const binaries = findBinaries();
  for (const folder of [wanted, substituteFor(wanted)]) {
    if (!makeFolder(folder)) continue;
    for (const identity of possibleIdentities()) {
      const place = await tryPlace(folder, identity, binaries);
      if (place) return place;
    }
  }
  const cause = `neither ${wanted} nor ${substituteFor(wanted)} can be used by the user PostgreSQL must run as`;
  throw new StartError(`${cause}: set DUET_STATE to a folder that every user may enter`);
}

async function tryPlace(folder: string, identity: Identity, binaries: Binaries): Promise<Place | undefined> {
  const server = path.join(folder, 'server');
  try {
    mkdirSync(server, { recursive: true, mode: 0o700 });
    giveTo(identity, server);
    if (!(await canUse(identity, server))) return undefined;
    const native = await reachableBinaries(folder, identity, binaries);
    return native ? { folder, server, native, identity } : undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

async function reachableBinaries(
  folder: string,
  identity: Identity,
  { native, version }: Binaries,
): Promise<string | undefined> {
  if (makeLinks(native) && (await canRun(identity, native))) return native;
  const copy = path.join(folder, `native-${version}`);
  copyBinaries(native, copy);
  giveTo(identity, copy);
  return (await canRun(identity, copy)) ? copy : undefined;
}

/** Anybody may create a folder in the temporary one, so one that is not ours is never entered. */
function substituteFor(wanted: string): string {
  const uid = process.getuid?.() ?? 0;
  const hash = createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 12);
  return path.join(realpathSync(tmpdir()), `duet-${uid}-${hash}`);
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const { uid } = lstatSync(folder);
    return lstatSync(folder).isDirectory() && uid === (process.getuid?.() ?? uid);
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EINVAL', 'EEXIST'].includes(codeOf(error) ?? '');
}
