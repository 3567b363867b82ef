import { performance } from 'node:perf_hooks';
import { wordsOf } from './errors.ts';
import { causeOfDeath } from './process.ts';
import type { StackBackend } from './stack.ts';

const MOST_DEATHS = 5;
const WITHIN_MS = 60_000;

/**
 * Starts every replica that dies again at its old address, as the platform that it is deployed on would.
 * @returns a sentence when one cannot be started, or dies again and again; never once `signal` is aborted
 */
export function keepReplicas(
  backends: StackBackend[],
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<string> {
  const kept = backends.flatMap((backend) =>
    backend.processes.map((_, replica) => keepReplica(backend, replica, signal, say)),
  );
  return Promise.race(kept);
}

async function keepReplica(
  backend: StackBackend,
  replica: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<string> {
  const deaths: number[] = [];
  for (;;) {
    const server = backend.processes[replica];
    if (!server) throw new Error(`${backend.name} has no replica ${replica}`);
    const words = `${server.name} died: ${causeOfDeath(server, await server.exited)}`;
    if (signal.aborted) return new Promise(() => undefined);
    deaths.push(performance.now());
    const since = performance.now() - (deaths.at(-MOST_DEATHS) ?? -Infinity);
    if (since < WITHIN_MS) return `${words}, for the ${MOST_DEATHS}th time within a minute`;
    say(`${words}; it is started again`);
    try {
      await backend.revive(replica);
    } catch (error) {
      return `${words}, and does not start again: ${wordsOf(error)}`;
    }
  }
}
