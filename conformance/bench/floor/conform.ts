import path from 'node:path';
import { watchSignals } from '../../src/cli/interruption.ts';
import { judge } from '../../src/cli/judging.ts';
import { printReport, writeReports } from '../../src/cli/reports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import { probeTarget } from '../../src/target.ts';
import { measuredRules } from './measured-rules.ts';
import { startFloor } from './start-floor.ts';

/**
 * Starts the floor with two replicas on a database of its own and judges it: by the measured rules, or by those of
 * them that the globs on the command line fit.
 * @returns 0 conformant, 1 not, 2 it could not be judged
 */
async function conform(globs: string[]): Promise<number> {
  const signal = watchSignals();
  const rules = measuredRules().filter((id) => globs.length === 0 || globs.some((glob) => path.matchesGlob(id, glob)));
  const out = path.resolve('report/floor');
  const postgres = await startPostgres();
  const name = temporaryName('floor');
  try {
    const databaseUrl = await postgres.createDatabase(name, 'bench_floor');
    const floor = await startFloor({ databaseUrl, replicas: 2, signal });
    try {
      const { urls, inviteCode, launcher } = floor;
      const target = { name: 'floor', urls, inviteCode, launcher, basePath: '', headers: {}, timeoutMs: 30_000 };
      const targets = [await probeTarget(target)];
      const judged = await judge({ targets, rules, out, words: ['bench/floor/conform.ts', ...globs], signal });
      printReport(writeReports(judged.records, out), out);
      return judged.exitCode;
    } finally {
      await floor.stop();
    }
  } finally {
    await postgres.dropDatabase(name);
    await postgres.stop();
  }
}

process.exit(await conform(process.argv.slice(2)));
