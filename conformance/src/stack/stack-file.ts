import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Launcher } from './launcher.ts';
import { isLiving, markOf, type ProcessMark } from './living.ts';
import { stateFolder } from './paths.ts';

export type RunningBackend = { name: string; urls: string[]; inviteCode: string; launcher: Launcher | null };

/** What `duet up` tells other commands of itself. */
export type RunningStack = { process: ProcessMark; since: string; hotPaths: string; backends: RunningBackend[] };

const file = path.join(stateFolder, 'stack.json');

/** Writes down what runs; readable by its owner alone, since it holds the invite code and database passwords. */
export function announceStack(stack: Omit<RunningStack, 'process' | 'since'>): void {
  mkdirSync(stateFolder, { recursive: true });
  const content: RunningStack = { process: markOf(process.pid), since: new Date().toISOString(), ...stack };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

export function withdrawStack(): void {
  rmSync(file, { force: true });
}

/** The stack of a `duet up` that lives; undefined when there is none. */
export function findRunningStack(): RunningStack | undefined {
  let stack: RunningStack;
  try {
    stack = JSON.parse(readFileSync(file, 'utf8')) as RunningStack;
  } catch {
    return undefined; // None was announced, or it was cut off while being written.
  }
  return isLiving(stack.process) ? stack : undefined;
}
