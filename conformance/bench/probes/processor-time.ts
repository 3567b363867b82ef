import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../src/stack/errors.ts';

/**
 * The milliseconds a process has run on a processor, all threads together, from Linux's scheduler: counted in nanoseconds,
 * where /proc/<pid>/stat counts in hundredths of a second. What ended threads ran is not in it.
 * @returns 0 for a process that is gone
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
export function processorMs(pid: number): number {
  const threads = `/proc/${pid}/task`;
  return namesIn(threads).reduce((sum, thread) => sum + threadNanoseconds(`${threads}/${thread}/schedstat`), 0) / 1e6;
}

/**
 * The same with what ended threads ran, counted in hundredths of a second: of a process whose threads come and go.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function coarseProcessorMs(pid: number): number {
  const text = textOf(`/proc/${pid}/stat`);
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user ?? 0) + Number(system ?? 0)) * 10;
}

/** What lies in the resident memory of a process, in bytes; 0 for one that is gone. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

function threadNanoseconds(file: string): number {
  return Number(textOf(file).split(' ', 1)[0] ?? 0);
}

function namesIn(folder: string): string[] {
  return unlessGone(() => readdirSync(folder), []);
}

function textOf(file: string): string {
  return unlessGone(() => readFileSync(file, 'utf8'), '');
}

/** Processes and threads end whenever they like. */
function unlessGone<Value>(read: () => Value, gone: Value): Value {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '')) return gone;
    throw error;
  }
}
