import type { Person } from '../actors.ts';
import type { RuleKit } from '../rule.ts';
import { layDesk, operationIds } from './both-sides.ts';
import { breakablePlaces, fuzzBodies, fuzzPlaces, hasBody } from './fuzz.ts';

/** Not the day of the other cases, whose people these may be. */
const DAY = 94;
const SETS = 20;
const BODIES = 40;

/** Declares the random tests of every operation: sets of broken places, and bodies. The same seed, the same requests. */
export function fuzzed(test: RuleKit['test'], people: { doctor: Person; user: Person }, seed: number): void {
  const deskFor = layDesk(people, DAY);
  for (const operationId of operationIds) {
    if (breakablePlaces(operationId).length > 1)
      test(`names whatever places are broken together in ${operationId}`, async () =>
        fuzzPlaces(operationId, await deskFor(operationId), { seed, runs: SETS }));
    if (hasBody(operationId))
      test(`names exactly what does not fit of any body of ${operationId}`, async () =>
        fuzzBodies(operationId, await deskFor(operationId), { seed, runs: BODIES }));
  }
}
