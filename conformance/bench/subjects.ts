import type { Postgres } from '../src/stack/postgres.ts';
import { startBackend, type BackendOptions } from '../src/stack/backends.ts';
import type { ServerProcess } from '../src/stack/server.ts';
import { probeTarget, type SuiteTarget } from '../src/target.ts';
import { startFloor } from './floor/start-floor.ts';
import type { ProductName, Subject } from './study/records.ts';

/** A product as it is started: through the ORM or not, and by which Node. */
export type Launched = Pick<Subject, 'product' | 'series' | 'node'> & {
  /** The program of that Node; the one that runs us, unless given. */
  program?: string;
  nodeOptions?: string[];
};

/** A subject and how its process is started, beside what every measured process is told. */
export type SubjectPlan = Subject & Launched & { env?: Record<string, string> };

export type RunningSubject = {
  plan: SubjectPlan;
  target: SuiteTarget;
  process: ServerProcess;
  database: string;
  stop(): Promise<void>;
};

/** As shipped: what a deployed process is told, and not what makes one easy to judge. */
const shipped = {
  NODE_ENV: 'production',
  CONFORMANCE_CLOCK: '0',
  LOG: 'production',
  // A cold start is one without the code that an earlier one compiled.
  NODE_DISABLE_COMPILE_CACHE: '1',
};

/** The role that owns all databases of a product, so that a copy belongs to the same as its template. */
export function ownerOf(product: ProductName): string {
  return `bench_${product.replaceAll('-', '_')}`;
}

export type SubjectOptions = {
  postgres: Postgres;
  database: string;
  /** A copy of a migrated database: nothing but the process is started. */
  isMigrated?: boolean;
  signal: AbortSignal;
};

/**
 * Starts one process of a product on that database, as it is shipped.
 * @throws StartError, one line
 */
export async function startSubject(
  plan: SubjectPlan,
  { postgres, database, isMigrated = false, signal }: SubjectOptions,
): Promise<RunningSubject> {
  const env = { ...shipped, ...plan.env };
  const common = { databaseUrl: postgres.url(database), replicas: 1, isMigrated, env, signal };
  const started = await launch({ ...plan, nodeOptions: plan.nodeOptions ?? [] }, common);
  const [process] = started.processes;
  if (!process) throw new Error(`${plan.name} has no process`);
  const { urls, inviteCode, stop } = started;
  const target = await probeTarget({ name: plan.name, urls, inviteCode, basePath: '', headers: {}, timeoutMs: 30_000 });
  return { plan, target, process, database, stop };
}

type LaunchOptions = Pick<BackendOptions, 'databaseUrl' | 'replicas' | 'isMigrated' | 'env' | 'signal'>;

/** Starts replicas of a product. Without `nodeOptions` a backend has those of the suite's servers. */
export function launch({ product, series, program, nodeOptions }: Launched, options: LaunchOptions) {
  const env = { ...options.env, ...(series && { HOT_PATHS: series }) };
  const all = { ...options, env, program, nodeOptions };
  if (product === 'floor') return startFloor(all);
  return startBackend({ id: product === 'backend-a' ? 'a' : 'b', ...all });
}
