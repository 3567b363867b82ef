import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { unlessAborted } from './interruption.ts';

const IGNORED = new Set(['node_modules', 'dist', 'report', 'coverage']);
/** An editor writes a file in several steps, and a build writes several files. */
const SETTLED_MS = 300;

/** Whether a changed file may change a verdict: no part of its path is hidden, installed, built or a report. */
export function isHeeded(file: string): boolean {
  return file.split(/[\\/]/u).every((part) => !IGNORED.has(part) && !part.startsWith('.'));
}

/**
 * Waits until a file in the folder changes, and then until nothing has changed for a moment.
 * @returns its path from the folder
 * @throws the signal's reason when it is aborted before
 */
export async function nextChange(folder: string, signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let timer: NodeJS.Timeout | undefined;
  const heed = (file: string): void => {
    if (!isHeeded(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => resolve(file), SETTLED_MS);
  };
  // What is ignored is not even watched: a folder of packages has more files than a system watches.
  const folders = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && isHeeded(entry.name),
  );
  const watchers: FSWatcher[] = [
    watch(folder, (_, name) => heed(name ?? '')),
    ...folders.map(({ name: top }) =>
      watch(path.join(folder, top), { recursive: true }, (_, name) => heed(path.join(top, name ?? ''))),
    ),
  ];
  for (const watcher of watchers) watcher.on('error', () => undefined);
  try {
    return await unlessAborted(signal, promise);
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
}
