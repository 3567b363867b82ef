import { Command } from 'commander';
import { wantsColour } from '../../report/colour.ts';
import { renderChanges } from '../../report/console-changes.ts';
import { compareRuns } from '../../report/run-changes.ts';
import { readStream } from '../../report/stream.ts';
import { CouldNotJudge } from '../target.ts';
import type { Surroundings } from './main.ts';

const examples = `
Examples:
  duet diff-results main/results.ndjson report/results.ndjson

Targets are matched by their names; two runs with one target each are compared whatever the targets are called.
A regression is a rule that passed and is broken: failed, in error, or listed as a known failure meanwhile. What is flaky
in one of the runs is neither a regression nor repaired.

Exit codes: 0 no regression, 1 a regression, 2 the files cannot be compared.
`;

/** `duet diff-results`: what changed between two runs. */
export function diffResultsCommand(surroundings: Surroundings): Command {
  return new Command('diff-results')
    .description('show what changed between two runs, and exit 1 on a regression')
    .argument('<old>', 'results.ndjson of the earlier run')
    .argument('<new>', 'results.ndjson of the later run')
    .addHelpText('after', examples)
    .action((old: string, recent: string) => surroundings.finish(diffResults(old, recent)));
}

/** @throws StreamError when a file is missing, of another schema or cut short; CouldNotJudge when no target is in both */
export function diffResults(old: string, recent: string): 0 | 1 {
  const changes = compareRuns(readStream(old), readStream(recent));
  if (changes.compared === 0 && changes.added.length > 0 && changes.gone.length > 0) {
    throw new CouldNotJudge(
      `no target is in both runs (${changes.gone.join(', ')}; ${changes.added.join(', ')}): name them alike with --target name=url`,
    );
  }
  process.stdout.write(renderChanges(changes, wantsColour(process.stdout, process.env)));
  return changes.regressions.length > 0 ? 1 : 0;
}
