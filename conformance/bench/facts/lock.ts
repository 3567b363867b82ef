import { readFileSync } from 'node:fs';

/** What package-lock.json (version 3) says of a folder: a package in some node_modules, a workspace, or the root (''). */
export type LockEntry = {
  /** Of a link: the workspace's folder. */
  resolved?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
};

export type Lock = {
  /** By folder, relative to the root. */
  packages: Record<string, LockEntry>;
};

export type Kind = 'needed' | 'developed with' | 'optional' | 'peer' | 'optional peer';

export type Edge = { name: string; kind: Kind };

export function readLock(file: string): Lock {
  return JSON.parse(readFileSync(file, 'utf8')) as Lock;
}

export function edgesOf(entry: LockEntry): Edge[] {
  const optional = entry.optionalDependencies ?? {};
  const meta = entry.peerDependenciesMeta ?? {};
  const edges = (names: object | undefined, kindOf: (name: string) => Kind): Edge[] =>
    Object.keys(names ?? {}).map((name) => ({ name, kind: kindOf(name) }));
  return [
    // Some packages name an optional dependency among the others too; it stays optional.
    ...edges({ ...entry.dependencies, ...optional }, (name) => (name in optional ? 'optional' : 'needed')),
    ...edges(entry.peerDependencies, (name) => (meta[name]?.optional ? 'optional peer' : 'peer')),
    ...edges(entry.devDependencies, () => 'developed with'),
  ];
}

/**
 * The folder in which Node finds a package that code of another folder names: the nearest node_modules on the way up.
 * @returns its real folder, a link followed; undefined where the lock has none
 */
export function resolveFrom(lock: Lock, folder: string, name: string): string | undefined {
  for (let place: string | undefined = folder; place !== undefined; place = above(place)) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    const entry = lock.packages[candidate];
    if (entry) return entry.link ? entry.resolved : candidate;
  }
  return undefined;
}

/** The next folder that may have a node_modules: the package around this one, or the root. */
function above(folder: string): string | undefined {
  if (folder === '') return undefined;
  const nested = folder.lastIndexOf('/node_modules/');
  return nested === -1 ? '' : folder.slice(0, nested);
}
