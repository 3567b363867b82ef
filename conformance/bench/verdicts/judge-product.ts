import { judge, type Judged } from '../../src/cli/judging.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import { probeTarget } from '../../src/target.ts';
import { launch, ownerOf, type Launched } from '../subjects.ts';

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
export async function judgeProduct(launched: Launched, options: JudgingOptions): Promise<Judged> {
  const postgres = await startPostgres();
  const database = temporaryName('bench');
  try {
    const databaseUrl = await postgres.createDatabase(database, ownerOf(launched.product));
    const started = await launch(launched, { databaseUrl, replicas: 2, signal: options.signal });
    try {
      const { urls, inviteCode, launcher } = started;
      const name = launched.product;
      const target = { name, urls, inviteCode, launcher, basePath: '', headers: {}, timeoutMs: 30_000 };
      return await judge({ ...options, targets: [await probeTarget(target)] });
    } finally {
      await started.stop();
    }
  } finally {
    await postgres.dropDatabase(database);
    await postgres.stop();
  }
}
