import { type Divergence, keyOf, playOut, type PlayOptions } from './play-out.ts';
import { sequences } from './sequences/sequences.ts';
import { tryAndShrink } from './shrink.ts';
import type { System } from './system.ts';

export type Found = { divergence: Divergence; seed: number };

export type SeededOptions = Omit<PlayOptions, 'timing'> & {
  /** The first run begins with this seed, each next one with the next. */
  seed: number;
  hasClock: boolean;
  /** The present, in milliseconds since 1970: when sequences begin. */
  now: () => number;
  /** After so many no more are looked for. */
  most: number;
  signal?: AbortSignal;
  onRun?: (run: number) => void;
};

/** `steps`: the longest sequence. */
export type DifferentialOptions = SeededOptions & { runs: number; steps: number };

/** How often a sequence may be tried again to shorten it. */
const mostTries = 600;

/**
 * Performs seeded sequences on all targets and the model.
 * @returns each divergence once, with the shortest sequence that shows it
 */
export async function findDivergences(targets: readonly System[], options: DifferentialOptions): Promise<Found[]> {
  const found: Found[] = [];
  const known = new Set<string>();
  for (let run = 0; run < options.runs && found.length < options.most; run++) {
    options.onRun?.(run);
    const seed = options.seed + run;
    const divergence = await findShortest(targets, seed, known, options);
    if (!divergence) continue;
    known.add(keyOf(divergence));
    found.push({ divergence, seed });
  }
  return found;
}

/** The sequence of one seed, shortened while it shows the same divergence. */
async function findShortest(
  targets: readonly System[],
  seed: number,
  known: ReadonlySet<string>,
  options: DifferentialOptions,
): Promise<Divergence | undefined> {
  let shortest: Divergence | undefined;
  await tryAndShrink(sequences(options), { seed, mostTries }, async (steps) => {
    options.signal?.throwIfAborted();
    const divergence = await playOut(steps, targets, { ...options, timing: timingOf(options) });
    if (!divergence || known.has(keyOf(divergence))) return false;
    if (shortest && keyOf(shortest) !== keyOf(divergence)) return false;
    shortest = divergence;
    return true;
  });
  return shortest;
}

/** Sequences begin on a whole second. */
export const timingOf = ({ now, hasClock }: SeededOptions): PlayOptions['timing'] => ({
  beginning: Math.floor(now() / 1000) * 1000,
  hasClock,
});
