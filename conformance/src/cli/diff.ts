import { Command } from 'commander';
import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Found } from '../../model/differential.ts';
import type { FoundMisfit } from '../../model/races/find-misfits.ts';
import { describeMisfit } from '../../model/races/words.ts';
import { createTargetSystem } from '../../model/target-system.ts';
import { describeDivergence } from '../../model/words.ts';
import { uniqueName } from '../actors.ts';
import { TargetGone } from '../driver/connection.ts';
import { CouldNotJudge, type SuiteTarget } from '../target.ts';
import { askToFill } from './consent.ts';
import { unlessAborted } from './interruption.ts';
import type { Surroundings } from './main.ts';
import { addTargetOptions, probeTargets, type TargetOptions } from './target-options.ts';
import { wholeNumber } from './values.ts';

const examples = `
Examples:
  duet diff a=http://localhost:4001 b=http://localhost:4011 --invite-code "$CODE" --yes
  duet diff http://localhost:3000 --invite-code "$CODE" --yes             one server against the model
  duet diff a=http://localhost:4001,http://localhost:4002 --races 500 --runs 0 --invite-code "$CODE" --yes
  duet diff … --seed 77 --runs 1                                          one run again, as its report says

Random sequences of commands are sent to each target and to a model of the contract, and the first answers that differ
are reported once, with the shortest sequence that shows them. --races sends up to five commands at once: their answers
and what is read afterwards must fit some order of them. Targets run with the provider peer.

Exit codes: 0 no divergence, 1 a divergence, 2 it could not be judged (the reason is on stderr).
`;

type Choice = TargetOptions & { seed?: number; runs: number; steps: number; races: number; most: number };

const QUIET_MS = 10_000;

/** `duet diff`: the same seeded sequences on one or two targets and the model. */
export function diffCommand(surroundings: Surroundings): Command {
  const command = new Command('diff')
    .description('send random sequences to one or two servers and a model of the contract, and show where they part')
    .argument('[targets...]', 'the servers, as --target takes them');
  return addTargetOptions(command)
    .option('--seed <number>', 'what the first run begins with; each next one takes the next', wholeNumber(0, 2 ** 30))
    .option('--runs <number>', 'how many sequences', wholeNumber(0, 100_000), 300)
    .option('--steps <number>', 'the longest sequence', wholeNumber(1, 200), 25)
    .option('--races <rounds>', 'rounds of simultaneous commands', wholeNumber(0, 100_000), 0)
    .option('--most <number>', 'after so many divergences no more are looked for', wholeNumber(1, 1000), 20)
    .addHelpText('after', examples)
    .action(async (words: string[], options: Choice) =>
      surroundings.finish(await diff({ ...options, target: [...options.target, ...words] }, surroundings)),
    );
}

async function diff(options: Choice, { signal }: Surroundings): Promise<number> {
  if (options.target.length === 0 || options.target.length > 2)
    throw new CouldNotJudge(
      'one or two servers are compared: duet diff a=http://localhost:4001 b=http://localhost:4011',
    );
  const targets = await probeTargets(options);
  targets.forEach(checkTarget);
  await askToFill(targets, options.yes, signal);
  const seed = options.seed ?? randomInt(2 ** 30);
  const divergences = await unlessAborted(signal, compareAll(targets, options, seed, signal).catch(explainGone));
  for (const text of divergences) process.stdout.write(`${text}\n`);
  process.stdout.write(summaryOf(targets, options, seed, divergences.length));
  return divergences.length === 0 ? 0 : 1;
}

function explainGone(error: unknown): never {
  throw error instanceof TargetGone ? new CouldNotJudge(error.message) : error;
}

function checkTarget({ name, meta, inviteCode }: SuiteTarget): void {
  if (meta.videoProvider !== 'peer')
    throw new CouldNotJudge(`${name} has the video provider ${meta.videoProvider}: start it with VIDEO_PROVIDER=peer`);
  if (inviteCode === null)
    throw new CouldNotJudge(`${name}: doctors register with an invite code: give it with --invite-code`);
}

async function compareAll(
  targets: SuiteTarget[],
  { runs, steps, races, most }: Choice,
  seed: number,
  signal: AbortSignal,
): Promise<string[]> {
  const hasClock = targets.every(({ meta }) => meta.conformanceClock);
  if (!hasClock)
    process.stderr.write('duet: without CONFORMANCE_CLOCK=1 on every target nothing is tried that takes time\n');
  // No other command has to load the makers of random sequences.
  const { findDivergences } = await import('../../model/differential.ts');
  const { findMisfits } = await import('../../model/races/find-misfits.ts');
  const systems = targets.map(createTargetSystem);
  const shared = { seed, most, hasClock, mark: uniqueName, now: Date.now, signal };
  const found = await findDivergences(systems, { ...shared, runs, steps, onRun: progress('sequence', runs) });
  const texts = found.map((one, index) => textOf(one, index, targets, steps));
  for (const system of systems) {
    const misfits = await findMisfits(system, { ...shared, rounds: races, onRun: progress('round', races) });
    texts.push(...misfits.map((one) => raceTextOf(one, system.name)));
  }
  return texts;
}

function textOf({ divergence, seed }: Found, index: number, targets: SuiteTarget[], steps: number): string {
  return describeDivergence(divergence, {
    title: `Divergence ${index + 1}, in ${divergence.steps.length} ${divergence.steps.length === 1 ? 'step' : 'steps'}`,
    repeat: `duet diff ${wordsOf(targets)} --seed ${seed} --runs 1 --steps ${steps}`,
  });
}

function raceTextOf({ misfit, seed }: FoundMisfit, target: string): string {
  return describeMisfit(misfit, {
    title: `Race, ${misfit.round.kind}`,
    target,
    repeat: `duet diff ${target}=… --seed ${seed} --runs 0 --races 1`,
  });
}

const wordsOf = (targets: SuiteTarget[]): string =>
  targets.map(({ name, urls }) => `${name}=${urls.join(',')}`).join(' ');

/** On a terminal one line that changes; elsewhere one every ten seconds. */
function progress(what: string, total: number): (index: number) => void {
  const { isTTY } = process.stderr;
  let told = performance.now();
  return (index) => {
    const isLast = index + 1 === total;
    const words = `${what} ${index + 1} of ${total}`;
    if (isTTY) return void process.stderr.write(`\r${words}${isLast ? '\n' : ''}`);
    if (!isLast && performance.now() - told < QUIET_MS) return;
    told = performance.now();
    process.stderr.write(`${words}\n`);
  };
}

function summaryOf(targets: SuiteTarget[], { runs, races }: Choice, seed: number, count: number): string {
  const names = targets.map(({ name }) => name).join(' and ');
  const done = [...(runs > 0 ? [`${runs} sequences`] : []), ...(races > 0 ? [`${races} rounds of races`] : [])];
  return `${names} and the model: ${count} ${count === 1 ? 'divergence' : 'divergences'} in ${done.join(' and ')} from seed ${seed}\n`;
}
