import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export type Imported = {
  /** Paths from the folder, sorted. */
  files: string[];
  /** Names of packages, sorted; without those of Node and of this repository. */
  packages: string[];
};

/** What some files of a folder import, and those in turn, themselves included. */
export function importedFrom(folder: string, entries: string[]): Imported {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of specifiersOf(path.join(folder, file))) {
      if (specifier.startsWith('.')) visit(path.join(path.dirname(file), specifier));
      else if (!/^(node:|@duet\/)/.test(specifier)) packages.add(packageOf(specifier));
    }
  };
  entries.forEach(visit);
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

function specifiersOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.map(({ fileName }) => fileName);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
