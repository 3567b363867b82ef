import { type Postgres, startPostgres } from '../../src/stack/postgres.ts';
import type { Facts, ProductName } from '../study/records.ts';
import { timeBuild } from './build-time.ts';
import { installationOf } from './dependencies.ts';
import { linesOf } from './lines.ts';
import { logsOf, modesOf } from './log-volume.ts';
import { timeTests } from './tests-time.ts';

/** What takes time; lines and dependencies are always collected. */
export type FactsPart = 'build time' | 'tests time' | 'logs';

export type FactsOptions = {
  products: ProductName[];
  /** A part that is left out gives an empty list. */
  parts: FactsPart[];
  /** How often each product is built, and its tests are run. */
  runs: number;
  /** The embedded one unless given, for as long as the logs take. */
  postgres?: Postgres;
  log(line: string): void;
  signal: AbortSignal;
};

type Times = Pick<Facts, 'buildMs' | 'testMs'>;

/**
 * What products are, apart from their speed; one record each, in the order asked for.
 * @throws Error when a product does not build, start or pass its tests; the signal's reason when that is aborted
 */
export async function collectFacts(options: FactsOptions): Promise<Facts[]> {
  const { products, log, signal } = options;
  const facts: Facts[] = [];
  for (const product of products) {
    signal.throwIfAborted();
    log(`${product}: lines and dependencies`);
    const counted = { ...linesOf(product), ...installationOf(product) };
    facts.push({ kind: 'facts', product, ...counted, buildMs: [], testMs: [], logs: [] });
  }
  await collectTimes(facts, options);
  if (options.parts.includes('logs')) await collectLogs(facts, options);
  return facts;
}

/** Round by round, so that whatever slows the machine for a while slows all products. */
async function collectTimes(facts: Facts[], { parts, runs, log, signal }: FactsOptions): Promise<void> {
  const time = async (one: Facts, name: keyof Times, timeOnce: typeof timeBuild, what: string): Promise<void> => {
    const ms = await timeOnce(one.product, signal);
    one[name].push(ms);
    log(`${one.product}: ${what} ${one[name].length} of ${runs} took ${(ms / 1000).toFixed(1)} s`);
  };
  const backends = facts.filter(({ product }) => product !== 'floor');
  for (let run = 1; run <= runs; run += 1) {
    for (const one of backends) {
      if (parts.includes('build time')) await time(one, 'buildMs', timeBuild, 'build');
      if (parts.includes('tests time')) await time(one, 'testMs', timeTests, 'run of the unit tests');
    }
  }
}

async function collectLogs(facts: Facts[], { log, signal, ...options }: FactsOptions): Promise<void> {
  signal.throwIfAborted();
  const postgres = options.postgres ?? (await startPostgres({ log }));
  try {
    for (const one of facts) {
      for (const mode of modesOf(one.product)) {
        log(`${one.product}: what is logged, ${mode}`);
        one.logs.push(...(await logsOf(one.product, mode, postgres, signal)));
      }
    }
  } finally {
    if (!options.postgres) await postgres.stop();
  }
}
