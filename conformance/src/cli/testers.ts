import { Command } from 'commander';
import os from 'node:os';
import path from 'node:path';
import { checkedOut } from '../../bench/machine.ts';
import { loadFaults } from '../../faults/catalogue.ts';
import { atUrl } from '../../other-testers/choose.ts';
import { findTesters, TESTER_NAMES, VERSIONS } from '../../other-testers/find-testers.ts';
import { measure } from '../../other-testers/measure.ts';
import { type Header, MEASURE_SCHEMA, openResults } from '../../other-testers/records.ts';
import type { Tester } from '../../other-testers/tester.ts';
import { findingsText, summaryText } from '../../other-testers/words.ts';
import { contractVersion } from '../driver/contract.ts';
import { sampleOf } from '../seeded-random.ts';
import { CouldNotJudge, type SuiteTarget } from '../target.ts';
import { askToFill } from './consent.ts';
import type { Surroundings } from './main.ts';
import { addTargetOptions, probeTargets, type TargetOptions } from './target-options.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet testers                                         which faults do Schemathesis and Dredd notice?
  duet testers --sample 40                             of 40 faults; --sample 80 afterwards tries 40 more
  duet testers a=URL b=URL --invite-code "$CODE" --yes  what does Schemathesis find on servers that run?

The testers are installed once, in the user's cache: Schemathesis by Python 3.10 or newer, Dredd by npm. Every result is
kept when it is there, and a measurement that was interrupted goes on where it was.

Exit codes: 0 measured, or nothing found on the servers, 1 found something there, 2 could not be tried.
`;

type Options = TargetOptions & {
  tester: (typeof TESTER_NAMES)[number][];
  sample?: number;
  seed: number;
  examples: number;
  limit: number;
  baselines: number;
  suite: boolean;
  out: string;
};

/** `duet testers`: what testers that anybody can install find, on faults and on servers. */
export function testersCommand(surroundings: Surroundings): Command {
  const command = new Command('testers')
    .description('let Schemathesis and Dredd look for the faults that the suite is proved by')
    .argument('[targets...]', 'servers to look at instead of faults, as --target takes them');
  return addTargetOptions(command)
    .option('--tester <name>', 'only this one (repeatable)', gathered, [])
    .option('--sample <faults>', 'so many faults, drawn by the seed; all of them unless given', wholeNumber(1, 10_000))
    .option('--seed <number>', 'what is random begins with it', wholeNumber(0, 2 ** 30), 1)
    .option('--examples <number>', 'requests that Schemathesis makes up for an operation', wholeNumber(1, 10_000), 20)
    .option('--limit <seconds>', 'after so long a run has no result', wholeNumber(1, 86_400), 900)
    .option('--baselines <runs>', 'how often a server without a fault is looked at', wholeNumber(1, 100), 3)
    .option('--no-suite', 'leave out the suite itself')
    .option('--out <file>', 'where the results are kept', 'report/other-testers.ndjson')
    .addHelpText('after', examples)
    .action(async (words: string[], options: Options) => {
      const target = [...options.target, ...words];
      const chosen = { ...options, target };
      surroundings.finish(
        await (target.length > 0 ? lookAt(chosen, surroundings) : measureFaults(chosen, surroundings)),
      );
    });
}

const gathered = (name: string, before: Options['tester']): Options['tester'] => [...before, oneOf(TESTER_NAMES)(name)];

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const settingsOf = ({ seed, examples, limit }: Options) => ({ seed, examples, limitMs: limit * 1000 });

async function measureFaults(options: Options, { signal }: Surroundings): Promise<number> {
  const all = await loadFaults();
  const triable = atUrl(all);
  const testers = await findTesters(options.tester, log);
  const { seed, examples, limit, baselines } = options;
  const header: Header = {
    kind: 'header',
    schema: MEASURE_SCHEMA,
    contractVersion,
    versions: VERSIONS,
    seed,
    examples,
    limit,
    baselines,
  };
  const results = openResults(path.resolve(options.out), header);
  try {
    results.keep({
      kind: 'session',
      startedAt: new Date().toISOString(),
      ...(await checkedOut()),
      node: process.version,
      cores: os.availableParallelism(),
      faults: { specimen: triable.length, wrapped: all.length - triable.length },
    });
    const faults = sampleOf(triable, options.sample ?? triable.length, seed);
    const settings = settingsOf(options);
    await measure({ faults, testers, withSuite: options.suite, baselines, settings, results, signal, log });
    results.keep({ kind: 'footer', finishedAt: new Date().toISOString(), records: 0 });
  } finally {
    results.close();
  }
  process.stdout.write(summaryText(results.kept));
  return 0;
}

async function lookAt(options: Options, { signal }: Surroundings): Promise<number> {
  const targets = await probeTargets(options);
  await askToFill(targets, options.yes, signal);
  const wanted = options.tester.length > 0 ? options.tester : (['schemathesis'] as const);
  const testers = await findTesters(wanted, log);
  let found = 0;
  for (const target of targets) for (const tester of testers) found += await lookAtOne(target, tester, options, signal);
  return found === 0 ? 0 : 1;
}

/** @returns how many findings are none of the tester's limits */
async function lookAtOne(target: SuiteTarget, tester: Tester, options: Options, signal: AbortSignal): Promise<number> {
  const run = await tester.run(target, settingsOf(options), signal);
  const { text, count } = findingsText(target.name, tester, run);
  process.stdout.write(text);
  if (run.failure !== undefined) throw new CouldNotJudge(`${tester.name} on ${target.name}: ${run.failure}`);
  return count;
}
