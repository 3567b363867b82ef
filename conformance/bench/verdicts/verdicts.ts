import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ResultRecord } from '../../report/stream.ts';
import { repositoryRoot, stateFolder } from '../../src/stack/paths.ts';
import { measuredRules } from '../floor/measured-rules.ts';
import type { ProductName, Verdict } from '../study/records.ts';
import type { Launched } from '../subjects.ts';
import { judgeProduct } from './judge-product.ts';
import { fingerprint } from './source-fingerprint.ts';

export type VerdictOptions = { out: string; words: string[]; signal: AbortSignal; log(line: string): void };

/** What is judged: a product, through the ORM or not, on a Node. */
type Judged = Pick<Verdict, 'product' | 'series' | 'node'>;

type Kept = { fingerprint: string; verdict: Verdict };

/** What a verdict depends on beside the product itself: an installed version may change it too. */
const JUDGING = [
  'package-lock.json',
  'contract/generated',
  'conformance/rules',
  'conformance/src/driver',
  'conformance/src/runner',
];
const FOLDER: Record<ProductName, string> = {
  floor: 'conformance/bench/floor',
  'backend-a': 'backend-a',
  'backend-b': 'backend-b',
};

/**
 * What the suite says of a product as it is now. A verdict is kept and holds as long as no file of the product, the
 * contract, the rules or the harness changes; else the MUST rules are run: all of them, of the floor the measured ones.
 */
export async function verdictOn(launched: Launched, options: VerdictOptions): Promise<Verdict> {
  const { product } = launched;
  const name = nameOf(launched);
  const file = fileOf(name);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;
  if (kept?.fingerprint === fingerprintOf(product)) return kept.verdict;
  options.log(`no performance without conformance: judging ${name} by the MUST rules first`);
  const { records, trouble } = await judgeProduct(launched, {
    ...options,
    rules: product === 'floor' ? measuredRules() : [],
    level: 'MUST',
    out: path.join(options.out, 'judged', name),
  });
  return keepVerdict(launched, records, trouble);
}

/** Keeps what a run of all MUST rules said of a product that was started from the present source. @returns it */
export function keepVerdict(judged: Judged, records: readonly ResultRecord[], trouble?: string): Verdict {
  const verdict = verdictOf(judged, records, trouble);
  if (verdict.outcome === 'not judged') return verdict;
  const file = fileOf(nameOf(judged));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ fingerprint: fingerprintOf(judged.product), verdict } satisfies Kept));
  return verdict;
}

function nameOf({ product, series, node }: Judged): string {
  return [product, series, node].filter((part) => part !== null).join('-');
}

function fileOf(name: string): string {
  return path.join(stateFolder, 'verdicts', `${name}.json`);
}

function fingerprintOf(product: ProductName): string {
  return fingerprint(repositoryRoot, [FOLDER[product], ...JUDGING]);
}

/**
 * What the records of a run say of a product. Under twilio a backend is a target of its own, whose name begins with the
 * same word.
 */
export function verdictOf(
  { product, series, node }: Judged,
  records: readonly ResultRecord[],
  trouble?: string,
): Verdict {
  const isOwn = ({ target }: { target: string }): boolean => target === product || target.startsWith(`${product} (`);
  const rules = records.filter((record) => record.type === 'rule').filter(isOwn);
  const verdicts = records.filter((record) => record.type === 'verdict').filter(isOwn);
  const judged = new Set(rules.map(({ rule }) => rule)).size;
  const known = { kind: 'verdict', product, series, node, rules: judged } as const;
  if (verdicts.length === 0 || verdicts.some(({ verdict }) => verdict === 'could not judge')) {
    return { ...known, outcome: 'not judged', failed: [trouble ?? 'the run ended before'] };
  }
  const failed = rules.filter(({ level, outcome }) => level === 'MUST' && outcome === 'fail').map(({ rule }) => rule);
  return { ...known, outcome: failed.length === 0 ? 'conformant' : 'not conformant', failed: [...new Set(failed)] };
}
