import { judge, type Judged } from '../../src/cli/judging.ts';
import { startBackend } from '../../src/stack/backends.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import { probeTarget } from '../../src/target.ts';
import { startFloor } from '../floor/start-floor.ts';
import type { ProductName, Series } from '../study/records.ts';
import { ownerOf } from '../subjects.ts';

export type JudgingOptions = {
  rules: string[];
  level?: 'MUST';
  /** The folder for results.ndjson. */
  out: string;
  /** The command line as typed. */
  words: string[];
  signal: AbortSignal;
};

/** Starts two replicas of a product on a database of their own, as the suite wants them, and judges them. */
export async function judgeProduct(
  product: ProductName,
  series: Series | null,
  options: JudgingOptions,
): Promise<Judged> {
  const postgres = await startPostgres();
  const database = temporaryName('bench');
  try {
    const databaseUrl = await postgres.createDatabase(database, ownerOf(product));
    const common = { databaseUrl, replicas: 2, signal: options.signal, ...(series && { env: { HOT_PATHS: series } }) };
    const started =
      product === 'floor'
        ? await startFloor(common)
        : await startBackend({ id: product === 'backend-a' ? 'a' : 'b', ...common });
    try {
      const { urls, inviteCode, launcher } = started;
      const target = { name: product, urls, inviteCode, launcher, basePath: '', headers: {}, timeoutMs: 30_000 };
      return await judge({ ...options, targets: [await probeTarget(target)] });
    } finally {
      await started.stop();
    }
  } finally {
    await postgres.dropDatabase(database);
    await postgres.stop();
  }
}
