import path from 'node:path';
import { repositoryRoot } from '../../src/stack/paths.ts';
import type { ProductName } from '../study/records.ts';
import { type Installation, installationIn } from './installation.ts';
import { edgesOf, readLock } from './lock.ts';
import { importedByFloor } from './products.ts';

/**
 * What `npm ci --omit=dev` puts on the disk in a tree that has, of all workspaces, this product and the contract alone:
 * every package that package-lock.json gives it by Node's own search, peers included, without the optional packages of
 * other platforms. Bytes are the lengths of all their files in node_modules. Nothing is asked of the network or of npm,
 * whose `npm ls --omit=dev` gives more: in this tree it meets what other workspaces brought.
 *
 * An optional peer comes too where the product or the repository's root is developed with it: npm leaves out only what is
 * for development and nothing else. So Prisma's command line and the compiler are installed with Prisma's client. They
 * are counted, and told apart.
 *
 * The floor has no package.json: its direct dependencies are the packages that its files import.
 */
export function installationOf(product: ProductName): Installation {
  const lock = readLock(path.join(repositoryRoot, 'package-lock.json'));
  const tree = { root: repositoryRoot, lock, beside: ['', 'contract'] };
  if (product !== 'floor') {
    return installationIn(tree, { folder: product, edges: edgesOf(lock.packages[product] ?? {}) });
  }
  const edges = importedByFloor().packages.map((name) => ({ name, kind: 'needed' as const }));
  return installationIn(tree, { folder: 'conformance', edges });
}
