import { type SeededOptions, timingOf } from '../differential.ts';
import { tryAndShrink } from '../shrink.ts';
import type { System } from '../system.ts';
import { roundsOf } from './kinds.ts';
import { type Misfit, race } from './round.ts';

export type FoundMisfit = { misfit: Misfit; seed: number };
/** `kind`: the only one, all of them unless told. */
export type RaceOptions = SeededOptions & { rounds: number; kind?: string };

/** One of these must show it again when a round is made smaller: a race is not lost each time. */
const attempts = 4;
const mostTries = 20;

/** Performs seeded rounds on a target. @returns each misfit once, with the fewest commands that showed it */
export async function findMisfits(target: System, options: RaceOptions): Promise<FoundMisfit[]> {
  const found: FoundMisfit[] = [];
  const known = new Set<string>();
  for (let round = 0; round < options.rounds && found.length < options.most; round++) {
    options.onRun?.(round);
    const seed = options.seed + round;
    const misfit = await findSmallest(target, seed, known, options);
    if (!misfit) continue;
    known.add(keyOf(misfit));
    found.push({ misfit, seed });
  }
  return found;
}

async function findSmallest(
  target: System,
  seed: number,
  known: ReadonlySet<string>,
  options: RaceOptions,
): Promise<Misfit | undefined> {
  let smallest: Misfit | undefined;
  await tryAndShrink(roundsOf(options.kind), { seed, mostTries }, async (round) => {
    for (let attempt = smallest ? attempts : 1; attempt > 0; attempt--) {
      options.signal?.throwIfAborted();
      const misfit = await race(round, target, { ...options, timing: timingOf(options) });
      if (!misfit || known.has(keyOf(misfit)) || (smallest && keyOf(smallest) !== keyOf(misfit))) continue;
      smallest = misfit;
      return true;
    }
    return false;
  });
  return smallest;
}

const keyOf = ({ round, asked, differences: [first] }: Misfit): string =>
  [round.kind, asked.operation, first?.place.replaceAll(/\.\d+/g, '')].join(' | ');
