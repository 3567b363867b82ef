import { rules } from '@duet/contract/rules';
import type { ResultRecord } from '../../report/stream.ts';
import { StartError } from '../../src/stack/errors.ts';
import { STUDY_FORMAT, type Header, type ProductName, type Subject, type Verdict } from '../study/records.ts';
import type { Bundle } from '../study/bundle.ts';
import { verdictOf } from '../verdicts/verdicts.ts';
import { mergeRunners } from './merge-runners.ts';
import type { RunnerResult } from './runner-log.ts';

const PRODUCTS: readonly string[] = ['floor', 'backend-a', 'backend-b'] satisfies ProductName[];
const DIRTY = '-dirty';

/**
 * What several runners saw of one load, as a bundle like that of any other run.
 * @param judged what the suite said of the server; without it the study tells no number
 * @throws StartError, one line: what `mergeRunners` refuses, a server that is none of ours, a suite that was not run whole
 */
export function mergedBundle(
  results: readonly [RunnerResult, ...RunnerResult[]],
  judged: readonly ResultRecord[] | null,
): Bundle {
  const [{ order }] = results;
  const { service, runtime } = order.server;
  if (!isProduct(service))
    throw new StartError(
      `${service} cannot be measured: a study knows ${PRODUCTS.join(', ')} alone; give the logs of a load on one of them`,
    );
  const series = service === 'floor' ? null : 'statements';
  const subject: Subject = { name: service, product: service, role: 'measured', series, node: runtime };
  const load = mergeRunners(results, subject.name);
  const verdict = judged ? verdictIn(judged, subject, order.server.contractVersion) : notJudged(subject);
  const records = [verdict, load];
  const ends =
    Math.max(...results.map(({ beganAt, order: { startedAt } }) => beganAt ?? Date.parse(startedAt))) + load.durationMs;
  const endedAt = new Date(ends).toISOString();
  return [headerOf(results, subject), ...records, { kind: 'footer', records: records.length + 2, endedAt }];
}

function headerOf(results: readonly [RunnerResult, ...RunnerResult[]], subject: Subject): Header {
  const [{ order }] = results;
  const { commit, seed, scenario, virtualUsers, server } = order;
  const begins = results.map(({ order: { startedAt } }) => startedAt).toSorted();
  return {
    kind: 'header',
    format: STUDY_FORMAT,
    profile: 'load',
    seed,
    startedAt: begins[0] ?? '',
    commit: commit.replace(DIRTY, ''),
    isClean: /^[0-9a-f]{40}$/.test(commit),
    machine: null,
    versions: {
      contract: server.contractVersion,
      framework: server.framework,
      orm: server.orm,
      runtime: server.runtime,
    },
    subjects: [subject],
    scenarios: [scenario],
    design: { blocks: 1, repetitions: 0, burstMs: 0, rounds: 0, connections: virtualUsers },
  };
}

function isProduct(name: string): name is ProductName {
  return PRODUCTS.includes(name);
}

function notJudged({ product, series, node }: Subject): Verdict {
  const failed = ['give what duet conform said of it by --judged'];
  return { kind: 'verdict', product, series, node, outcome: 'not judged', failed, rules: 0 };
}

/** A run of some rules alone says nothing of the others. */
function verdictIn(judged: readonly ResultRecord[], { product, series, node }: Subject, version: string): Verdict {
  const run = judged.find((record) => record.type === 'run');
  const missing = Object.entries(rules).find(
    ([id, { level, profile, provider }]) =>
      level === 'MUST' && profile === 'core' && provider === null && !run?.rules.some((one) => one.id === id),
  )?.[0];
  if (missing) throw new StartError(`the suite was run without ${missing}: judge by all rules, without --rule`);
  if (run?.contractVersion !== version)
    throw new StartError(
      `the suite was of contract ${run?.contractVersion}, the server keeps ${version}: run both of one commit`,
    );
  if (!run.targets.some(({ name }) => name === product || name.startsWith(`${product} (`)))
    throw new StartError(`the suite judged no ${product}: name it so by --target ${product}=URL`);
  return verdictOf({ product, series, node }, judged);
}
