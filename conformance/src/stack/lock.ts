import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, StartError } from './errors.ts';
import { isLiving, markOf, type ProcessMark } from './living.ts';

const patienceMs = 60_000;

/**
 * Runs `work` while holding a lock file that other processes respect; one left by a process that died is taken over.
 * @throws StartError when another living process holds it for a minute.
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(path.dirname(file), { recursive: true });
  const deadline = Date.now() + patienceMs;
  while (!takes(file)) {
    removeDead(file);
    if (Date.now() > deadline)
      throw new StartError(`${file} is held by process ${holderOf(file)?.pid}: stop it, or delete the file`);
    await pause(20);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A link appears with its content in one step, so nobody ever reads half a lock. */
function takes(file: string): boolean {
  const draft = ownName(file);
  writeFileSync(draft, JSON.stringify(markOf(process.pid)));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moved aside before it is judged: of two processes that find the same dead lock, one moves it and the other nothing. */
function removeDead(file: string): void {
  const holder = holderOf(file);
  if (!holder || isLiving(holder)) return;
  const aside = ownName(file);
  try {
    renameSync(file, aside);
    const moved = holderOf(aside);
    if (moved && isLiving(moved)) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownName(file: string): string {
  return `${file}.${randomUUID()}`;
}

function holderOf(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
