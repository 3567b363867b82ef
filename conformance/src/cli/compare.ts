import { Command } from 'commander';
import path from 'node:path';
import type { ResultRecord } from '../../report/stream.ts';
import { keepVerdict } from '../../bench/verdicts/verdicts.ts';
import type { Provider } from '../providers.ts';
import type { KnownEntry } from '../runner/known-failures.ts';
import { readKnownFailures } from '../runner/known-failures-file.ts';
import { existingBackends } from '../stack/backends.ts';
import { startBurners } from '../stack/burners.ts';
import { addBackendOptions, type BackendChoice } from './backend-options.ts';
import { findSubjects, type Subjects } from './compare-subjects.ts';
import { judge } from './judging.ts';
import type { Surroundings } from './main.ts';
import { describeRun, describeRuns, type RunOutcome } from './repeats.ts';
import { printReport, writeReports } from './reports.ts';
import { addSuiteOptions, checkGlobs, checkProfiles, type SuiteChoice } from './suite-options.ts';
import { addTargetOptions, type TargetOptions } from './target-options.ts';
import { oneOf, wholeNumber } from './values.ts';
import { keepRunning } from './watching.ts';

const examples = `
Examples:
  duet compare                                        start both backends, judge them side by side
  duet compare --only a --rule 'appointments/*'       one backend, one area
  duet compare --provider peer                        without Twilio's part, which takes twice the servers
  duet compare --only a --rule 'messages/*' --watch   the same again whenever a file changes
  duet compare --repeat 20 --burn 2                   is every verdict the same, on a busy machine too?
  duet compare --target one=http://localhost:3000 --target other=http://localhost:4000 --invite-code "$CODE" --yes

Under twilio each backend gets servers, a database and an emulated Twilio of its own, and is asked only what the
provider can change. Where none of the rules is such a one, those servers are not started.

Without --target the servers of a running duet up are judged; where none runs, a database and both backends are
started for the time being, or the databases in DATABASE_URL_A and DATABASE_URL_B are used.

Exit codes: 0 every target is conformant or fails in known ways alone, 1 one is not, or an entry of --known-failures no
longer holds, 2 one could not be judged (the reason is on stderr).
`;

export type CompareOptions = TargetOptions &
  SuiteChoice &
  BackendChoice & { provider: Provider | 'both'; repeat: number; burn: number };

type Known = CompareOptions & { known: readonly KnownEntry[] };

/** `duet compare`: judges the two backends, or other targets, side by side. */
export function compareCommand(surroundings: Surroundings): Command {
  const command = new Command('compare').description('judge both backends side by side and show where they differ');
  addTargetOptions(addSuiteOptions(addBackendOptions(command)))
    .option(
      '--provider <provider>',
      'the video provider the backends are judged with: peer, twilio or both',
      oneOf(['peer', 'twilio', 'both']),
      'both',
    )
    .option('--repeat <times>', 'run the suite that often in a row', wholeNumber(1, 1000), 1)
    .option('--burn <processes>', 'keep that many cores busy meanwhile', wholeNumber(0, 64), 0)
    .addHelpText('after', examples);
  return command.action(async (options: CompareOptions) =>
    surroundings.finish(await watchOrCompare(options, surroundings)),
  );
}

async function watchOrCompare(options: CompareOptions, surroundings: Surroundings): Promise<number> {
  if (options.watch === undefined) return compare(options, surroundings);
  return keepRunning({
    folder: options.watch === true ? '.' : options.watch,
    out: options.out,
    signal: surroundings.signal,
    run: (isFirst) => compare({ ...options, yes: options.yes || !isFirst }, surroundings),
  });
}

async function compare(options: CompareOptions, surroundings: Surroundings): Promise<number> {
  checkGlobs(options.rule);
  const known = options.knownFailures === undefined ? [] : readKnownFailures(options.knownFailures);
  const burners = await startBurners(options.burn);
  try {
    return await compareRepeatedly({ ...options, known }, surroundings);
  } finally {
    await Promise.all(burners.map((burner) => burner.stop(0)));
  }
}

/** The servers stay for all runs, unless one of them died: the next run begins with new ones. */
async function compareRepeatedly(options: Known, surroundings: Surroundings): Promise<number> {
  const outcomes: RunOutcome[] = [];
  let subjects: Subjects | undefined;
  try {
    for (let run = 1; run <= options.repeat; run++) {
      subjects ??= await findSubjects(options, surroundings.signal);
      checkProfiles(subjects.targets, options.require);
      const outcome = await runOnce(run, options, subjects, surroundings);
      outcomes.push(outcome);
      if (options.repeat > 1) process.stdout.write(`${describeRun(outcome, options.repeat)}\n`);
      if (outcome.exitCode !== 2) continue;
      await subjects.stop();
      subjects = undefined;
    }
  } finally {
    await subjects?.stop();
  }
  if (options.repeat > 1) process.stdout.write(describeRuns(outcomes));
  return Math.max(...outcomes.map(({ exitCode }) => exitCode));
}

async function runOnce(
  run: number,
  options: Known,
  subjects: Subjects,
  { signal, words }: Surroundings,
): Promise<RunOutcome> {
  const folder =
    options.repeat === 1
      ? options.out
      : path.join(options.out, `run-${String(run).padStart(String(options.repeat).length, '0')}`);
  const out = path.resolve(folder);
  const { rule: rules, level, seed, jobs, known } = options;
  const { records, exitCode, trouble } = await judge({
    targets: subjects.targets,
    rules,
    level,
    seed,
    jobs,
    known,
    out,
    words,
    signal,
    died: subjects.died,
  });
  if (subjects.isOfThisSource) keepVerdicts(options, records);
  const summary = writeReports(records, out);
  if (options.repeat === 1) printReport(summary, out);
  if (trouble) process.stderr.write(`duet: could not judge: ${trouble}\n`);
  return { run, exitCode, summary };
}

/** What was judged whole may be measured: duet bench need not run the suite again. */
function keepVerdicts({ rule, level, only, hotPaths, known }: Known, records: readonly ResultRecord[]): void {
  if (rule.length > 0 || level === 'SHOULD' || known.length > 0) return;
  const ids = existingBackends().filter((id) => only === undefined || only === id);
  const started = { series: hotPaths ?? 'statements', node: process.version } as const;
  for (const id of ids) keepVerdict({ product: `backend-${id}`, ...started }, records);
}
