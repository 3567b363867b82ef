import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Facts } from '../study/records.ts';
import { sizeOfPackage } from './folder-size.ts';
import { type Edge, type Lock, resolveFrom } from './lock.ts';
import { reach, type Root } from './lock-tree.ts';

export type Installation = Pick<Facts, 'dependencies' | 'installBytes' | 'optionalPeerBytes'>;

export type Tree = {
  /** Where package-lock.json and node_modules are. */
  root: string;
  lock: Lock;
  /** Whatever belongs to the tree beside the product: what these are developed with satisfies optional peers. */
  beside: string[];
};

/**
 * What a product's production installation is.
 * @throws Error when a package that is needed is not on the disk
 */
export function installationIn({ root, lock, beside }: Tree, product: Required<Root>): Installation {
  const isThere = ({ kind }: Edge, to: string): boolean => kind !== 'optional' || existsSync(path.join(root, to));
  const isWanted = (edge: Edge, to: string): boolean => edge.kind !== 'optional peer' && isThere(edge, to);
  const all = reach(lock, [product, ...beside.map((folder) => ({ folder }))], isWanted);
  const shipped = [{ ...product, edges: product.edges.filter(({ kind }) => kind !== 'developed with') }];
  const needed = reach(lock, shipped, isWanted);
  const installed = [...reach(lock, shipped, (edge, to) => all.has(to) && isThere(edge, to))].filter(isPackage);
  const optionalPeers = installed.filter((folder) => !needed.has(folder));
  const direct = directOf(lock, shipped);
  const bytesOf = (folders: string[]): number =>
    folders.reduce((sum, folder) => sum + sizeOfPackage(path.join(root, folder)), 0);
  return {
    dependencies: {
      direct,
      transitive: installed.length - direct.length,
      optionalPeers: optionalPeers.length,
    },
    installBytes: bytesOf(installed),
    optionalPeerBytes: bytesOf(optionalPeers),
  };
}

function directOf(lock: Lock, products: Required<Root>[]): string[] {
  return products.flatMap(({ folder, edges }) =>
    edges.flatMap(({ name }) => (isPackage(resolveFrom(lock, folder, name) ?? '') ? [name] : [])),
  );
}

/** Not a workspace, which comes with the repository. */
function isPackage(folder: string): boolean {
  return folder.includes('node_modules/');
}
