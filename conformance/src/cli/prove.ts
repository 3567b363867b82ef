import path from 'node:path';
import { Command } from 'commander';
import { loadFaults } from '../../faults/catalogue.ts';
import { type Fault, isWrapped } from '../../faults/declare.ts';
import { type Proof, proveFaults } from '../../faults/prove.ts';
import type { Backend } from '../../faults/subject.ts';
import type { Provider } from '../providers.ts';
import { CouldNotJudge } from '../target.ts';
import { startChosen } from './backend-options.ts';
import type { Surroundings } from './main.ts';
import { isKilled, proofsInWords } from './proofs-in-words.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet prove                                   every fault against its own rule
  duet prove 'appointments/*'                  the faults of one area
  duet prove --full 'http/pages'               against all rules: what else goes red?
  duet prove 'http/head' --fault no-etag       one fault
  duet prove --races --repeat 20               are those that depend on a race found each time?
  duet prove --by-sequences                    do random sequences find them, as those of duet diff do?

Each fault is a server that breaks one rule. It is killed when that rule's own test goes red, and no other rule beside
the neighbours that the fault names; the same server without the fault is judged in the same run and has to be green.

Exit codes: 0 every fault was killed each time, 1 one was not, 2 it could not be tried.
`;

/** Each of these starts servers and databases of its own. */
const wrappedBatch = 4;

type Options = {
  full: boolean;
  against?: string[];
  fault?: string;
  one: boolean;
  races: boolean;
  repeat: number;
  bySequences: boolean;
  only: 'a' | 'b';
  wrapped: boolean;
  timeout: number;
  batch: number;
};

/** `duet prove`: breaks every rule on purpose and looks whether its test notices. */
export function proveCommand(surroundings: Surroundings): Command {
  return new Command('prove')
    .description('break every rule on purpose and see whether its test notices')
    .argument('[rules...]', 'globs of rule ids, such as http/*; all of them unless given')
    .option('--full', 'run all rules and not the broken one alone, so that what breaks with it is seen', false)
    .option('--against <glob>', 'in a full run, only these rules; can be given again', gathered)
    .option('--fault <name>', 'only the faults of this name')
    .option(
      '--only <backend>',
      'the backend that faults of the launcher profile are wrapped around',
      oneOf(['a', 'b']),
      'a',
    )
    .option('--one', 'the first fault of each rule alone', false)
    .option('--races', 'only the faults that show when requests race each other', false)
    .option('--repeat <times>', 'how often each is tried', wholeNumber(1, 1_000), 1)
    .option('--no-wrapped', 'leave out the faults that need a backend')
    .option('--by-sequences', 'let no test but random sequences find the faults that commands of people show', false)
    .option('--batch <faults>', 'faults side by side', wholeNumber(1, 32), 8)
    .option('--timeout <ms>', 'how long one answer may take', wholeNumber(100, 600_000), 10_000)
    .addHelpText('after', examples)
    .action(async (globs: string[], options: Options) =>
      surroundings.finish(await prove(globs, options, surroundings)),
    );
}

const gathered = (glob: string, before: string[] = []): string[] => [...before, glob];

async function prove(globs: string[], options: Options, { signal }: Surroundings): Promise<number> {
  const chosen = (await loadFaults()).filter((fault) => isChosen(fault, globs, options));
  const faults = options.one ? firstOfEach(chosen) : chosen;
  if (faults.length === 0)
    throw new CouldNotJudge(
      `no fault fits ${[...globs, options.fault ?? '', options.races ? '--races' : ''].join(' ').trim()}`,
    );
  if (options.bySequences) {
    const { proveBySequences } = await import('./prove-by-sequences.ts');
    return proveBySequences(faults, path.resolve('report/prove/sequences.ndjson'), signal);
  }
  const proofs: Proof[] = [];
  for (let time = 1; time <= options.repeat; time += 1) {
    if (options.repeat > 1) process.stderr.write(`time ${time} of ${options.repeat}\n`);
    proofs.push(...(await proveAll(faults, options, signal)));
  }
  process.stdout.write(proofsInWords(proofs));
  return proofs.every(isKilled) ? 0 : 1;
}

async function proveAll(faults: Fault[], options: Options, signal: AbortSignal): Promise<Proof[]> {
  const [wrapped, simple] = [faults.filter(isWrapped), faults.filter((fault) => !isWrapped(fault))];
  const proofs = await proveSimple(simple, options, signal);
  return wrapped.length === 0 ? proofs : [...proofs, ...(await proveWrapped(wrapped, options, signal))];
}

function firstOfEach(faults: Fault[]): Fault[] {
  return faults.filter(({ rule }, index) => faults.findIndex((other) => other.rule === rule) === index);
}

function isChosen(fault: Fault, globs: string[], options: Options): boolean {
  if (options.fault !== undefined && fault.name !== options.fault) return false;
  if (!options.wrapped && isWrapped(fault)) return false;
  if (options.races && !fault.isRace) return false;
  return globs.length === 0 || globs.some((glob) => path.matchesGlob(fault.rule, glob));
}

async function proveSimple(
  faults: Fault[],
  options: Options,
  signal: AbortSignal,
  backend?: Backend,
): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const batch of batchesOf(faults, options)) {
    const { full: isFull, timeout: timeoutMs, against } = options;
    const proved = await proveFaults(batch, { isFull, against, signal, timeoutMs, backend });
    for (const { verdict, fault, reason } of proved) {
      const why = verdict === 'killed' ? '' : `: ${reason}`;
      process.stderr.write(`${verdict.padEnd(8)} ${fault.rule} ${fault.name}${why}\n`);
    }
    proofs.push(...proved);
  }
  return proofs;
}

/** Faults of one rule side by side; in a full run any, since all rules are run anyway. */
function batchesOf(faults: Fault[], { full, batch }: Options): Fault[][] {
  const groups = Object.values(Object.groupBy(faults, ({ rule }) => (full ? 'all' : rule)));
  return groups.flatMap((group = []) =>
    Array.from({ length: Math.ceil(group.length / batch) }, (_, index) =>
      group.slice(index * batch, (index + 1) * batch),
    ),
  );
}

async function proveWrapped(faults: Fault[], options: Options, signal: AbortSignal): Promise<Proof[]> {
  const [whole, launched] = [faults.filter(isWhole), faults.filter((fault) => !isWhole(fault))];
  return [
    ...(await proveAround('peer', launched, options, signal)),
    ...(await proveAround('twilio', whole, options, signal)),
  ];
}

const isWhole = (fault: Fault): boolean => isWrapped(fault) && fault.isWhole === true;

async function proveAround(
  provider: Provider,
  faults: Fault[],
  options: Options,
  signal: AbortSignal,
): Promise<Proof[]> {
  if (faults.length === 0) return [];
  const stack = await startChosen(
    { only: options.only, replicas: 2 },
    { data: 'fresh', providers: [provider], signal },
  );
  try {
    const [backend] = stack.backends;
    if (!backend) throw new CouldNotJudge(`backend-${options.only} could not be started`);
    return await proveSimple(faults, { ...options, batch: Math.min(options.batch, wrappedBatch) }, signal, backend);
  } finally {
    await stack.stop();
  }
}
