import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The lengths of a package's files in bytes; the packages in its own node_modules count for themselves. */
export function sizeOfPackage(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.reduce((sum, entry) => {
    const place = path.join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOfFolder(place) : lstatSync(place).size);
  }, 0);
}

function sizeOfFolder(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(path.join(parentPath, name)).size, 0);
}
