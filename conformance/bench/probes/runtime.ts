import { existsSync, readFileSync } from 'node:fs';

/** What a server's own runtime told of a second: by how many milliseconds its event loop was late, and what it spent on collecting garbage. */
export type RuntimeSecond = {
  /** The end of that second, in milliseconds since 1970. */
  at: number;
  eventLoopDelayP99: number;
  collectionMs: number;
};

/** The options of Node with which a process tells that file about its runtime. */
export function tellRuntime(file: string): string[] {
  const preload = new URL('runtime-preload.ts', import.meta.url);
  preload.searchParams.set('file', file);
  return ['--import', preload.href];
}

/** What has been told so far; a line that is being written is not yet there. */
export function readRuntime(file: string): RuntimeSecond[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RuntimeSecond);
}
