import { seededRandom } from '../../src/seeded-random.ts';

/** The log ratios of one block: two subjects measured in the same processes, seconds apart, once a repetition. */
export type Block = readonly number[];

/** Ratios; 1 says that both are the same. */
export type Interval = { estimate: number; low: number; high: number };

export type Bootstrap = { interval: Interval; /** Two-sided, that the ratio is 1. */ p: number };

const RESAMPLES = 5_000;
/** Of each end: a slice in which the whole heap was collected, or the machine was away, says little of the others. */
const TRIMMED = 0.2;

/**
 * A ratio (of each block the trimmed mean) with its 95 % interval, by resampling whole blocks and within them repetitions: what a process is like from its
 * start (its compiled code, its memory) is shared by all of a block's repetitions, so more of them alone must not
 * narrow the interval. With k blocks the spread of resampled means is too small by √((k−1)/k), which is put right.
 *
 * @param blocks natural logarithms of ratios; blocks without any are left out
 * @throws Error when there is nothing to resample
 */
export function bootstrap(blocks: readonly Block[], seed: number, resamples = RESAMPLES): Bootstrap {
  const filled = blocks.filter((block) => block.length > 0);
  if (filled.length === 0) throw new Error('no repetition was measured on both sides');
  const estimate = mean(filled.map(trimmedMean));
  const random = seededRandom(seed);
  const widening = filled.length > 1 ? Math.sqrt(filled.length / (filled.length - 1)) : 1;
  const deviations = Float64Array.from(
    { length: resamples },
    () => (resampledMean(filled, random) - estimate) * widening,
  ).sort();
  const [low, high] = [quantile(deviations, 0.025), quantile(deviations, 0.975)];
  const beyond = deviations.filter((deviation) => Math.abs(deviation) >= Math.abs(estimate)).length;
  return {
    interval: { estimate: Math.exp(estimate), low: Math.exp(estimate - high), high: Math.exp(estimate - low) },
    p: (beyond + 1) / (resamples + 1),
  };
}

/** The mean of as many blocks, drawn with replacement, each by as many of its repetitions, drawn with replacement. */
function resampledMean(blocks: readonly Block[], random: () => number): number {
  let sum = 0;
  for (let drawn = 0; drawn < blocks.length; drawn += 1) {
    const block = blocks[Math.floor(random() * blocks.length)] ?? [];
    const values = new Float64Array(block.length);
    for (let place = 0; place < values.length; place += 1) {
      values[place] = block[Math.floor(random() * block.length)] ?? 0;
    }
    sum += trimmedMeanOf(values);
  }
  return sum / blocks.length;
}

/** The mean of what is left when the lowest and the highest fifth are put aside. */
export function trimmedMean(values: readonly number[]): number {
  return trimmedMeanOf(Float64Array.from(values));
}

/** Sorts the values where they are, by insertion: of a dozen, thousands of times over, nothing is faster. */
function trimmedMeanOf(values: Float64Array): number {
  for (let place = 1; place < values.length; place += 1) {
    const value = values[place] ?? 0;
    let before = place - 1;
    for (; before >= 0 && (values[before] ?? 0) > value; before -= 1) values[before + 1] = values[before] ?? 0;
    values[before + 1] = value;
  }
  const trimmed = Math.floor(values.length * TRIMMED);
  let sum = 0;
  for (let place = trimmed; place < values.length - trimmed; place += 1) sum += values[place] ?? 0;
  return sum / (values.length - 2 * trimmed);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Between the two nearest values of a sorted list. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}
