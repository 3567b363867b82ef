import path from 'node:path';
import { StartError } from '../../src/stack/errors.ts';
import { lastWords, startProcess } from '../../src/stack/process.ts';
import type { K6 } from '../k6/find-k6.ts';
import type { LoadOrder, Loop, Sample, World } from '../k6/scenarios/order.ts';
import { coarseProcessorMs } from '../probes/processor-time.ts';
import type { CpuMs } from '../study/records.ts';
import { openLoadDesk } from './load-desk.ts';

const script = path.join(import.meta.dirname, '../k6/scenarios/loads.ts');

export type LoadRun = Omit<LoadOrder, 'desk'> & {
  k6: K6;
  worlds: readonly World[];
  signal: AbortSignal;
  /** Begins to count the CPU time of the server and the database. */
  countCpu(): Promise<{ end(): Promise<ServerCpu> }>;
  /** What is done to the server from the begin of the load to its end, which the signal tells. */
  meanwhile?: ((over: AbortSignal) => Promise<void>) | undefined;
};

type ServerCpu = Omit<CpuMs, 'generator'>;

/** What all virtual users saw together. */
export type LoadSeen = {
  started: number;
  samples: Sample[];
  compared: number;
  mismatches: number;
  /** Acknowledged writes, by world. */
  acknowledged: number[];
  complaint: string | null;
  /** From the begin of the load to its end. */
  cpu: CpuMs;
};

/**
 * Runs one load to its end, by a k6 of its own.
 * @throws StartError, one line, when k6 fails or not every virtual user tells what it saw
 */
export async function runLoad({ k6, worlds, signal, countCpu, meanwhile, ...order }: LoadRun): Promise<LoadSeen> {
  const desk = await openLoadDesk(worlds, virtualUsersOf(order.loop));
  const started = await startProcess({
    name: 'k6',
    command: [k6.path, 'run', '--quiet', '--summary-mode=disabled', '--no-usage-report', '--address', '', script],
    cwd: import.meta.dirname,
    env: { ORDER: JSON.stringify({ ...order, desk: desk.url }) },
    keepLines: 50,
  });
  const ended = started.exited.then((exit) => {
    signal.throwIfAborted();
    if (exit.code !== 0) throw new StartError(`the load generator ended: ${lastWords(started, exit)}`);
    throw new StartError('the load generator ended before all of its virtual users were ready: is the machine busy?');
  });
  ended.catch(() => undefined); // Awaited below, unless the load was over before.
  const stop = (): void => void started.stop(0);
  signal.addEventListener('abort', stop);
  const over = new AbortController();
  try {
    await Promise.race([desk.isReady, ended]);
    const before = coarseProcessorMs(started.pid);
    const counting = await countCpu();
    const going = meanwhile?.(over.signal);
    await Promise.race([desk.isOver, ended]).finally(() => over.abort());
    await going;
    const cpu = { ...(await counting.end()), generator: coarseProcessorMs(started.pid) - before };
    desk.letGo();
    const exit = await started.exited;
    if (exit.code !== 0) await ended; // It says why.
    return { ...together(desk.seen, worlds.length), cpu };
  } finally {
    over.abort();
    signal.removeEventListener('abort', stop);
    await started.stop(0);
    desk.close();
  }
}

/** As many as the script lets learn: a stage's last requests are on their way while the next stage begins. */
function virtualUsersOf(loop: Loop): number {
  return loop.kind === 'closed' ? loop.connections : loop.virtualUsers * Math.min(2, loop.stages.length);
}

function together(seen: Awaited<ReturnType<typeof openLoadDesk>>['seen'], worlds: number): Omit<LoadSeen, 'cpu'> {
  const sum = (of: 'started' | 'compared' | 'mismatches'): number => seen.reduce((total, one) => total + one[of], 0);
  return {
    started: sum('started'),
    samples: seen.flatMap(({ samples }) => samples).sort(([one], [other]) => one - other),
    compared: sum('compared'),
    mismatches: sum('mismatches'),
    acknowledged: Array.from({ length: worlds }, (_, world) =>
      seen.reduce((total, { acknowledged }) => total + (acknowledged[world] ?? 0), 0),
    ),
    complaint: seen.find(({ complaint }) => complaint !== null)?.complaint ?? null,
  };
}
