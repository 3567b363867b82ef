import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './errors.ts';

/** A process told apart from a later one with the same number. */
export type ProcessMark = { pid: number; startedAt: string };

/** When a process began, as an opaque word; null when there is none with that number, or it is a zombie. */
export function startOf(pid: number): string | null {
  return process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
}

/** Marks a living process; throws when there is none. */
export function markOf(pid: number): ProcessMark {
  const startedAt = startOf(pid);
  if (startedAt === null) throw new Error(`process ${pid} is gone`);
  return { pid, startedAt };
}

/** Whether the very process that was marked still lives. */
export function isLiving(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.startedAt;
}

/** The command line of a process, or an empty text. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Sends a signal to a process or, with a negative number, to a group; false when it is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'ESRCH' || codeOf(error) === 'EPERM') return false;
    throw error;
  }
}

function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything, so count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function startElsewhere(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
