import { setTimeout as wait } from 'node:timers/promises';
import { sendSignal } from '../../src/stack/living.ts';

/**
 * Stops a process for `ms` every `everyMs`, as a long collection or a machine without a free processor does, until told
 * to end; it runs again in any case.
 */
export async function freeze(
  pid: number,
  { ms, everyMs }: { ms: number; everyMs: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await wait(everyMs - ms, undefined, { signal });
      sendSignal(pid, 'SIGSTOP');
      await wait(ms, undefined, { signal });
      sendSignal(pid, 'SIGCONT');
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    sendSignal(pid, 'SIGCONT');
  }
}
