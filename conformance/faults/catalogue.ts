import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Fault } from './declare.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** All faults, in the order of their rules' ids: one file a rule, `<area>/<slug>.ts`. */
export async function loadFaults(): Promise<Fault[]> {
  const files = globSync('*/*.ts', { cwd: folder })
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.wrapper.ts') && !file.startsWith('wrapping'))
    .sort();
  const tables = await Promise.all(files.map((file) => import(pathToFileURL(path.join(folder, file)).href)));
  return tables.flatMap((module: { default: Fault[] }) => module.default);
}
