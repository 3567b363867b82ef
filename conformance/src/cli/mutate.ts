import { Command } from 'commander';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Mutant, onOneLine } from '../../mutants/mutant.ts';
import { isEnough, staleAcceptances, summaryOf, tallyOf, type Tried } from '../../mutants/summary.ts';
import { keepTrial, readTrials, sourceOf, type TrialRecord } from '../../mutants/trials.ts';
import { tryMutant } from '../../mutants/try-mutant.ts';
import { openWorkshop } from '../../mutants/workshop.ts';
import { sampleOf } from '../seeded-random.ts';
import type { BackendId } from '../stack/backends.ts';
import { repositoryRoot } from '../stack/paths.ts';
import { CouldNotJudge } from '../target.ts';
import type { Surroundings } from './main.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet mutate a                                     every mutant of backend-a: hours; what was tried is not tried again
  duet mutate b --minutes 30                        as many as half an hour lets
  duet mutate a '**/calls.rules.ts' --list          what would be tried
  duet mutate a --sample 40 --seed 7                forty of them, the same for the same seed

Each mutant is one small mechanical change of a backend's rules, statements or constraints: a comparison at its boundary,
a condition, a number, a lock, a constraint left out. The backend is started with it and the suite run until a test is red.
Those that survive are listed with their change; what no test could tell from the original stands with its reason in
conformance/mutants/accepted.ts.

Exit codes: 0 at least 95 % of those tried were killed, 1 fewer, 2 they could not be tried.
`;

type Choice = { list: boolean; sample?: number; seed: number; minutes?: number; again: boolean; out: string };

/** `duet mutate`: changes a backend in small ways and looks whether the suite notices. */
export function mutateCommand(surroundings: Surroundings): Command {
  return new Command('mutate')
    .description('change a backend in small mechanical ways and see whether the suite notices')
    .argument('<backend>', 'a or b', oneOf(['a', 'b']))
    .argument('[files...]', "globs of files from the backend's folder on; all that decide something unless given")
    .option('--list', 'print the mutants and try none', false)
    .option('--sample <number>', 'so many of them, chosen by the seed', wholeNumber(1, 100_000))
    .option('--seed <number>', 'what the choice begins with', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--minutes <number>', 'begin no further one after this time', wholeNumber(1, 100_000))
    .option('--again', 'try those too that were tried before', false)
    .option('--out <folder>', 'where the trials are kept', 'report/mutants')
    .addHelpText('after', examples)
    .action(async (id: BackendId, files: string[], choice: Choice) =>
      surroundings.finish(await mutate(id, files, choice, surroundings.signal)),
    );
}

async function mutate(id: BackendId, files: string[], choice: Choice, signal: AbortSignal): Promise<number> {
  const folder = path.join(repositoryRoot, `backend-${id}`);
  // TypeScript's parser takes longer to load than all other commands together.
  const { listMutants } = await import('../../mutants/list-mutants.ts');
  const all = listMutants(folder);
  const fitting = all.filter(({ file }) => files.length === 0 || files.some((glob) => path.matchesGlob(file, glob)));
  const chosen = new Set(sampleOf(fitting, choice.sample ?? fitting.length, choice.seed));
  const mutants = fitting.filter((mutant) => chosen.has(mutant));
  if (mutants.length === 0) throw new CouldNotJudge(`no file of backend-${id} with a mutant fits ${files.join(' ')}`);
  if (choice.list) {
    for (const mutant of mutants) process.stdout.write(`${describe(mutant)}\n`);
    return 0;
  }
  const file = path.join(path.resolve(choice.out), `backend-${id}.ndjson`);
  const known = choice.again ? new Map<string, TrialRecord>() : readTrials(file);
  const isKnown = (mutant: Mutant): boolean => known.get(mutant.id)?.source === sourceOf(folder, mutant);
  const trials = await tryAll(
    id,
    mutants.filter((mutant) => !isKnown(mutant)),
    { ...choice, file, signal },
  );
  const tried = mutants.flatMap((mutant): Tried[] => {
    const trial = trials.get(mutant.id) ?? (isKnown(mutant) ? known.get(mutant.id) : undefined);
    return trial ? [{ mutant, trial }] : [];
  });
  return conclude(id, all, mutants.length, tried);
}

function describe({ id, line, before, after }: Mutant): string {
  return `${id} (line ${line}): ${onOneLine(before)} → ${onOneLine(after)}`;
}

function conclude(id: BackendId, all: Mutant[], asked: number, tried: Tried[]): number {
  const stale = staleAcceptances(id, all, tried);
  process.stdout.write(summaryOf(id, tried));
  for (const sentence of stale) process.stdout.write(`✗ ${sentence}\n`);
  process.stdout.write(`${tried.length} of ${asked} mutants tried, of ${all.length} that there are\n`);
  return isEnough(tallyOf(id, tried)) && stale.length === 0 ? 0 : 1;
}

async function tryAll(
  id: BackendId,
  mutants: Mutant[],
  { minutes, file, signal }: Choice & { file: string; signal: AbortSignal },
): Promise<Map<string, TrialRecord>> {
  const trials = new Map<string, TrialRecord>();
  if (mutants.length === 0) return trials;
  const started = performance.now();
  const workshop = await openWorkshop(id, (line) => process.stderr.write(`${line}\n`));
  try {
    for (const [index, mutant] of mutants.entries()) {
      if (minutes !== undefined && performance.now() - started > minutes * 60_000) break;
      const source = sourceOf(workshop.folder, mutant);
      const trial = await tryMutant(workshop, mutant, signal);
      const record = { id: mutant.id, source, at: new Date().toISOString(), ...trial };
      keepTrial(file, record);
      trials.set(mutant.id, record);
      const { outcome, reason, ms } = trial;
      const seconds = (ms / 1000).toFixed(1);
      process.stderr.write(`${index + 1} of ${mutants.length} ${outcome} ${seconds} s ${mutant.id}  ${reason}\n`);
    }
  } finally {
    await workshop.close();
  }
  return trials;
}
