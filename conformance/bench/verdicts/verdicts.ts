import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ResultRecord } from '../../report/stream.ts';
import { repositoryRoot, stateFolder } from '../../src/stack/paths.ts';
import { measuredRules } from '../floor/measured-rules.ts';
import type { ProductName, Series, Verdict } from '../study/records.ts';
import { judgeProduct } from './judge-product.ts';
import { fingerprint } from './source-fingerprint.ts';

export type VerdictOptions = { out: string; words: string[]; signal: AbortSignal; log(line: string): void };

type Kept = { fingerprint: string; verdict: Verdict };

/** What a verdict depends on beside the product itself. */
const JUDGING = ['contract/generated', 'conformance/rules', 'conformance/src'];
const FOLDER: Record<ProductName, string> = {
  floor: 'conformance/bench/floor',
  'backend-a': 'backend-a',
  'backend-b': 'backend-b',
};

/**
 * What the suite says of a product as it is now. A verdict is kept and holds as long as no file of the product, the
 * contract, the rules or the harness changes; else the MUST rules are run: all of them, of the floor the measured ones.
 */
export async function verdictOn(
  product: ProductName,
  series: Series | null,
  options: VerdictOptions,
): Promise<Verdict> {
  const name = series === null ? product : `${product}-${series}`;
  const source = fingerprint(repositoryRoot, [FOLDER[product], ...JUDGING]);
  const file = path.join(stateFolder, 'verdicts', `${name}.json`);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;
  if (kept?.fingerprint === source) return kept.verdict;
  options.log(`no performance without conformance: judging ${name} by the MUST rules first`);
  const { records, trouble } = await judgeProduct(product, series, {
    ...options,
    rules: product === 'floor' ? measuredRules() : [],
    level: 'MUST',
    out: path.join(options.out, 'judged', name),
  });
  const verdict = summarise(product, series, records, trouble);
  if (verdict.outcome === 'not judged') return verdict;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ fingerprint: source, verdict } satisfies Kept));
  return verdict;
}

function summarise(
  product: ProductName,
  series: Series | null,
  records: ResultRecord[],
  trouble: string | undefined,
): Verdict {
  const rules = records.filter((record) => record.type === 'rule');
  const verdict = records.find((record) => record.type === 'verdict');
  const known = { kind: 'verdict', product, series, rules: rules.length } as const;
  if (!verdict || verdict.verdict === 'could not judge') {
    return { ...known, outcome: 'not judged', failed: [trouble ?? 'the run ended before'] };
  }
  const failed = rules.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);
  return { ...known, outcome: verdict.verdict, failed };
}
