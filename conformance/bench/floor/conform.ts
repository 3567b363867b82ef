import path from 'node:path';
import { watchSignals } from '../../src/cli/interruption.ts';
import { printReport, writeReports } from '../../src/cli/reports.ts';
import { judgeProduct } from '../verdicts/judge-product.ts';
import { keepVerdict } from '../verdicts/verdicts.ts';
import { measuredRules } from './measured-rules.ts';

const floor = { product: 'floor', series: null, node: process.version } as const;

/**
 * Starts the floor with two replicas on a database of its own and judges it: by the measured rules, or by those of
 * them that the globs on the command line fit.
 * @returns 0 conformant, 1 not, 2 it could not be judged
 */
async function conform(globs: string[]): Promise<number> {
  const rules = measuredRules().filter((id) => globs.length === 0 || globs.some((glob) => path.matchesGlob(id, glob)));
  const out = path.resolve('report/floor');
  const words = ['bench/floor/conform.ts', ...globs];
  const judged = await judgeProduct(floor, { rules, out, words, signal: watchSignals() });
  if (globs.length === 0) keepVerdict(floor, judged.records);
  printReport(writeReports(judged.records, out), out);
  return judged.exitCode;
}

process.exit(await conform(process.argv.slice(2)));
