import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isLiving, markOf, type ProcessMark } from './living.ts';
import type { Place } from './postgres-place.ts';

export type Enlisted = {
  /** Takes this use off the list. @returns whether it was the last one of any living process */
  leave(): boolean;
};

let uses = 0;

/**
 * Writes down that this process uses the cluster, so that another one which ends does not stop it under our feet.
 * `abandon` is called when the process exits without having left and nobody else uses the cluster.
 */
export function enlist(place: Place, abandon: () => void): Enlisted {
  const folder = path.join(place.folder, 'users');
  const file = path.join(folder, `${process.pid}-${++uses}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(markOf(process.pid)));
  const leave = (): boolean => {
    process.off('exit', onExit);
    rmSync(file, { force: true });
    return livingUsers(folder) === 0;
  };
  const onExit = (): void => {
    if (leave()) abandon();
  };
  process.on('exit', onExit);
  return { leave };
}

function livingUsers(folder: string): number {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const dead = files.filter((file) => !isLiving(JSON.parse(readFileSync(file, 'utf8')) as ProcessMark));
  for (const file of dead) rmSync(file, { force: true });
  return files.length - dead.length;
}
