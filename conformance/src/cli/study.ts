import { Command } from 'commander';
import path from 'node:path';
import { printStudy } from './bench.ts';
import type { Surroundings } from './main.ts';

const examples = `
Examples:
  duet study --from report/bench/quick.ndjson      the study of a run of yours
  duet study --from conformance/bench/data/quick.ndjson --out /tmp/study

The same raw data gives the same bytes, on any machine.

Exit codes: 0 told, 1 something measured breaks the contract, 2 the file is no raw data of a study.
`;

/** `duet study`: the page and the Markdown of raw data that was kept. */
export function studyCommand({ finish }: Surroundings): Command {
  return new Command('study')
    .description('make the study of raw data that duet bench kept')
    .requiredOption('--from <file>', 'the raw data')
    .option('--out <folder>', 'where the study goes', 'report')
    .addHelpText('after', examples)
    .action(({ from, out }: { from: string; out: string }) =>
      finish(printStudy(path.resolve(from), path.resolve(out))),
    );
}
