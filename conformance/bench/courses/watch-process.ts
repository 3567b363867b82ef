import { setTimeout as wait } from 'node:timers/promises';
import { processorMs, residentBytes } from '../probes/processor-time.ts';

/** What a process spent since it was last looked at, and what it holds. */
export type ProcessMoment = {
  /** When it was looked at, in milliseconds since 1970. */
  at: number;
  cpuMs: number;
  residentBytes: number;
};

const EVERY_MS = 250;

/** Looks at a process four times a second until told to end, and writes down what it sees. */
export async function watchProcess(pid: number, seen: ProcessMoment[], over: AbortSignal): Promise<void> {
  let before = processorMs(pid);
  while (!over.aborted) {
    await wait(EVERY_MS, undefined, { signal: over }).catch((error: unknown) => {
      if (!over.aborted) throw error;
    });
    const now = processorMs(pid);
    seen.push({ at: Date.now(), cpuMs: now - before, residentBytes: residentBytes(pid) });
    before = now;
  }
}
