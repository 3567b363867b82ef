import { CouldNotJudge } from '../src/target.ts';
import { DREDD_VERSION, findDredd } from './dredd/find-dredd.ts';
import { dreddTester } from './dredd/run-dredd.ts';
import type { Found } from './install.ts';
import { findSchemathesis, SCHEMATHESIS_VERSION } from './schemathesis/find-schemathesis.ts';
import { schemathesisTester } from './schemathesis/run-schemathesis.ts';
import type { Tester } from './tester.ts';

export const TESTER_NAMES = ['schemathesis', 'dredd'] as const;
export const VERSIONS = { schemathesis: SCHEMATHESIS_VERSION, dredd: DREDD_VERSION };

type Log = (line: string) => void;

const FINDERS: Record<Tester['name'], { find(log: Log): Promise<Found>; make(program: string): Tester }> = {
  schemathesis: { find: findSchemathesis, make: schemathesisTester },
  dredd: { find: findDredd, make: dreddTester },
};

/**
 * The testers of these names, all of them when none is named; each is installed into the cache where it is not yet.
 * @throws CouldNotJudge when one can be neither found nor installed
 */
export async function findTesters(names: readonly Tester['name'][], log: Log): Promise<Tester[]> {
  const testers: Tester[] = [];
  for (const name of names.length > 0 ? names : TESTER_NAMES) {
    const { find, make } = FINDERS[name];
    const found = await find(log);
    if ('missing' in found) throw new CouldNotJudge(found.missing);
    testers.push(make(found.program));
  }
  return testers;
}
