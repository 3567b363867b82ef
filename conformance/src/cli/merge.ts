import { Command } from 'commander';
import path from 'node:path';
import { readStream, type ResultRecord } from '../../report/stream.ts';
import { mergedBundle } from '../../bench/runners/merged-bundle.ts';
import { readRunnerLog } from '../../bench/runners/runner-log.ts';
import { openBundle } from '../../bench/study/bundle.ts';
import { servicesOf } from '../../bench/study/loads.ts';
import { printStudy } from './bench.ts';
import type { Surroundings } from './main.ts';

const examples = `
Examples:
  duet merge report/load/*.log                                     one load of all runners of a TestRun (k8s/load)
  duet merge report/load/*.log --judged report/results.ndjson      with its numbers: no performance without conformance
  duet study --from report/bench/load.ndjson                       the page again

The logs are those of the runners, kept by kubectl logs. Counts and histograms are added; what one runner dropped, or one
answer that failed or differed, makes the whole invalid. Logs of different loads, servers or commits are refused.

Exit codes: 0 told, 1 the load is invalid or the server was not judged conformant, 2 the logs cannot be merged.
`;

type MergeChoice = { judged?: string; out: string };

/** `duet merge`: one result of what several runners of a distributed load saw. */
export function mergeCommand({ finish }: Surroundings): Command {
  return new Command('merge')
    .description('make one result of what the runners of a load on a cluster saw')
    .argument('<log...>', 'the log of each runner')
    .option('--judged <file>', "results.ndjson of duet conform on the same server, under the backend's name")
    .option('--out <folder>', 'where raw data and the study go', 'report')
    .addHelpText('after', examples)
    .action((logs: [string, ...string[]], { judged, out }: MergeChoice) => {
      const folder = path.resolve(out);
      const file = path.join(folder, 'bench', 'load.ndjson');
      const log = (line: string): void => void process.stderr.write(`${line}\n`);
      const isValid = merge(logs, judged === undefined ? null : readStream(judged), file, log);
      const exitCode = printStudy(file, folder);
      finish(isValid ? exitCode : 1);
    });
}

/**
 * Writes the merged bundle, and tells of each runner the first answer that was not what it had to be.
 * @returns whether its load is valid
 * @throws StartError, one line, for logs that cannot be merged
 */
export function merge(
  [first, ...others]: readonly [string, ...string[]],
  judged: ResultRecord[] | null,
  file: string,
  log: (line: string) => void,
): boolean {
  const results = [readRunnerLog(first), ...others.map(readRunnerLog)] as const;
  const merged = mergedBundle(results, judged);
  for (const { file: from, complaint } of results) if (complaint !== null) log(`${from}: ${complaint}`);
  const bundle = openBundle(file);
  try {
    merged.forEach(bundle.keep);
  } finally {
    bundle.close();
  }
  const loads = merged.filter((record) => record.kind === 'load');
  return servicesOf(loads).every(({ cell }) => !('invalid' in cell));
}
