/** Where values lie on an axis, 0 to 1, and the values that are written beside it. */
export type Scale = { at: (value: number) => number; ticks: number[] };

const MOST_TICKS = 6;
const EVEN_STEPS = [0.05, 0.1, 0.25, 0.5, 1];
const LEADING_DIGITS = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

/** A logarithmic axis: equal ratios are equally long. Nothing at or below 0 may be on it. */
export function logScale(values: readonly number[], margin = 0.06): Scale {
  const { low, high } = range(values.filter((value) => value > 0));
  const length = Math.max(Math.log(high / low), Math.log(1.2));
  const start = Math.log(low) - length * margin;
  const whole = length * (1 + 2 * margin);
  return {
    at: (value) => clamp((Math.log(Math.max(value, Number.MIN_VALUE)) - start) / whole),
    ticks: logTicks(Math.exp(start), Math.exp(start + whole)),
  };
}

/** An axis that begins at 0. */
export function linearScale(values: readonly number[], margin = 0.06): Scale {
  const whole = Math.max(range(values).high, Number.MIN_VALUE) * (1 + margin);
  const step = [1, 2, 2.5, 5, 10].map((digit) => digit * 10 ** Math.floor(Math.log10(whole / 4)));
  const chosen = step.find((one) => whole / one <= 5) ?? whole;
  const ticks = Array.from({ length: Math.floor(whole / chosen) + 1 }, (_, index) => exact(index * chosen));
  return { at: (value) => clamp(value / whole), ticks };
}

/** An axis from the least to the greatest of some values, each of which has a tick. */
export function betweenScale(values: readonly number[]): Scale {
  const ticks = [...new Set(values)].toSorted((left, right) => left - right);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  return { at: (value) => (high === low ? 0.5 : clamp((value - low) / (high - low))), ticks };
}

/** An axis on which each of a few given values has a tick, all equally far apart. */
export function stepScale(values: readonly number[]): Scale {
  const steps = [...new Set(values)].toSorted((left, right) => left - right);
  const last = steps.length - 1;
  return { at: (value) => (last < 1 ? 0.5 : Math.max(0, steps.indexOf(value)) / last), ticks: steps };
}

function logTicks(low: number, high: number): number[] {
  const even = EVEN_STEPS.map((step) => multiples(step, low, high));
  const decades = Array.from({ length: 13 }, (_, index) => 10 ** (index - 4));
  const digits = LEADING_DIGITS.map((leading) =>
    decades
      .flatMap((decade) => leading.map((digit) => exact(digit * decade)))
      .filter((tick) => tick >= low && tick <= high),
  );
  const candidates = high / low < 3 ? [...even, ...digits] : digits;
  return candidates.find((ticks) => ticks.length <= MOST_TICKS) ?? [];
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step);
  const length = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: Math.min(length, 100) }, (_, index) => exact((first + index) * step)).filter(
    (tick) => tick > 0,
  );
}

function range(values: readonly number[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high > 0 ? { low, high } : { low: 1, high: 1 };
}

function exact(value: number): number {
  return Number(value.toPrecision(6));
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
