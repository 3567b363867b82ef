import { isDeepStrictEqual } from 'node:util';
import type { Observation } from './observe.ts';

/** One place in which two observations differ; `undefined` where one has nothing there. */
export type Difference = { place: string; expected: unknown; actual: unknown };

export const areEqual = (left: Observation, right: Observation): boolean => isDeepStrictEqual(left, right);

/** The places, as deep as possible, in which `actual` is not what was expected. */
export function differences(expected: unknown, actual: unknown, place = ''): Difference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (!isContainer(expected) || !isContainer(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return [{ place, expected, actual }];
  }
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].flatMap((name) =>
    differences(Reflect.get(expected, name), Reflect.get(actual, name), place === '' ? name : `${place}.${name}`),
  );
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
