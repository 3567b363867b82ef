import { InvalidArgumentError } from 'commander';

/** A whole number within bounds, as an option's value. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Milliseconds, from an option given in seconds. */
export function seconds(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number > 0 && number <= 600) return Math.round(number * 1000);
  throw new InvalidArgumentError('It must be seconds, more than 0 and at most 600.');
}

/** Collects the values of an option that may be given several times. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** One of the words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word) return word;
    throw new InvalidArgumentError(`It must be ${words.join(' or ')}.`);
  };
}
