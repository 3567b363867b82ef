import path from 'node:path';
import { StartError } from '../../src/stack/errors.ts';
import { lastWords, startProcess } from '../../src/stack/process.ts';
import type { K6 } from '../k6/find-k6.ts';
import type { LoadOrder, Sample, World } from '../k6/scenarios/order.ts';
import { virtualUsersOf } from '../k6/scenarios/stages.ts';
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
  /** When it began, in milliseconds since 1970. */
  beganAt: number;
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
  const virtualUsers = virtualUsersOf(order.loop);
  const desk = await openLoadDesk(worlds, virtualUsers);
  try {
    const generator = await startGenerator(k6, { ...order, desk: desk.url }, signal);
    try {
      await Promise.race([desk.isReady, generator.ended]);
      const before = coarseProcessorMs(generator.pid);
      const ofServer = await during(Promise.race([desk.isOver, generator.ended]), { countCpu, meanwhile });
      const cpu = { ...ofServer, generator: coarseProcessorMs(generator.pid) - before };
      desk.letGo();
      await generator.succeeded();
      mustBeAll(desk.seen.length, virtualUsers);
      return { ...together(desk.seen, worlds.length), cpu };
    } finally {
      await generator.stop();
    }
  } finally {
    desk.close();
  }
}

type Generator = {
  pid: number;
  /** Rejects when k6 ends, and says why; whoever waits for the load waits for this too. */
  ended: Promise<never>;
  succeeded(): Promise<void>;
  stop(): Promise<void>;
};

async function startGenerator(k6: K6, order: LoadOrder, signal: AbortSignal): Promise<Generator> {
  const started = await startProcess({
    name: 'k6',
    command: [k6.path, 'run', '--quiet', '--summary-mode=disabled', '--no-usage-report', '--address', '', script],
    cwd: import.meta.dirname,
    env: { ORDER: JSON.stringify(order) },
    keepLines: 50,
  });
  const ended = started.exited.then((exit): never => {
    signal.throwIfAborted();
    if (exit.code !== 0) throw new StartError(`the load generator ended: ${lastWords(started, exit)}`);
    throw new StartError('the load generator ended before all of its virtual users were ready: is the machine busy?');
  });
  ended.catch(() => undefined); // Nobody waits any more once the load is over.
  const stop = (): void => void started.stop(0);
  signal.addEventListener('abort', stop);
  return {
    pid: started.pid,
    ended,
    succeeded: async () => {
      const { code } = await started.exited;
      if (code !== 0) await ended;
    },
    stop: async () => {
      signal.removeEventListener('abort', stop);
      await started.stop(0);
    },
  };
}

/** Counts CPU time from now until the load is over, and ends what is done meanwhile, also when either fails. */
async function during(load: Promise<void>, { countCpu, meanwhile }: Pick<LoadRun, 'countCpu' | 'meanwhile'>) {
  const over = new AbortController();
  const counting = await countCpu();
  const doing = meanwhile?.(over.signal) ?? Promise.resolve();
  const outcomes = await Promise.allSettled([
    Promise.race([load, doing.then(() => load)]).finally(() => over.abort()),
    doing,
  ]);
  const cpu = await counting.end();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return cpu;
}

function mustBeAll(told: number, virtualUsers: number): void {
  if (told === virtualUsers) return;
  throw new StartError(
    `${virtualUsers - told} of ${virtualUsers} virtual users did not tell what they saw: is the machine busy?`,
  );
}

function together(seen: Awaited<ReturnType<typeof openLoadDesk>>['seen'], worlds: number): Omit<LoadSeen, 'cpu'> {
  const sum = (of: 'started' | 'compared' | 'mismatches'): number => seen.reduce((total, one) => total + one[of], 0);
  return {
    beganAt: Math.min(...seen.flatMap(({ beganAt }) => beganAt ?? [])),
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
