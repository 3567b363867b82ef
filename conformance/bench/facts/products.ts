import { globSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../../src/stack/paths.ts';
import type { ProductName } from '../study/records.ts';
import { importedFrom } from './imported-files.ts';

export const floorFolder = path.join(import.meta.dirname, '../floor');

/** What the floor is, apart from the files beside it by which it is started and judged. */
export function importedByFloor(): { files: string[]; packages: string[] } {
  return importedFrom(floorFolder, ['main.ts', 'migrate.ts']);
}

export type ProductFiles = {
  /** Absolute. */
  folder: string;
  /** Paths from the folder, sorted. */
  sources: string[];
  /** Unit tests, their samples, and what is tested with a database of its own. */
  tests: string[];
};

/** The files somebody wrote for a product; what is generated and the settings of tools are left out. */
export function filesOf(product: ProductName): ProductFiles {
  return product === 'floor' ? filesOfFloor() : filesOfBackend(path.join(repositoryRoot, product));
}

export function filesOfBackend(folder: string): ProductFiles {
  const found = globSync('{src,prisma,test}/**/*.{ts,sql,prisma}', { cwd: folder, exclude: isNotWritten }).toSorted();
  return {
    folder,
    sources: found.filter((file) => !isOfTests(file)),
    tests: found.filter(isOfTests),
  };
}

function filesOfFloor(): ProductFiles {
  const { files } = importedByFloor();
  const found = globSync('**/*.{test.ts,sql}', { cwd: floorFolder }).toSorted();
  return {
    folder: floorFolder,
    sources: [...files, ...found.filter((file) => file.endsWith('.sql'))],
    tests: found.filter((file) => isOfTests(file) && files.includes(file.replace('.test.ts', '.ts'))),
  };
}

function isNotWritten(name: string): boolean {
  return /(^|\/)(generated|node_modules)$/.test(name);
}

function isOfTests(file: string): boolean {
  return /\.(test|sample)\.ts$|^test\//.test(file);
}
