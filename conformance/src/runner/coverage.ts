import { type RuleId, rules } from '@duet/contract/rules';
import type { CoverageRecord } from '../../report/stream.ts';
import { coverageOf } from '../coverage/coverage.ts';
import { profilesOf, type SuiteTarget } from '../target.ts';
import type { SuiteOptions } from './run.ts';
import type { TestsRun } from './tests.ts';

type Asked = Pick<SuiteOptions, 'targets' | 'rules' | 'level'>;

/** What the run saw of all that it had to see, for each target that was asked everything and judged to its end. */
export function coverageRecords(
  { targets, rules: globs = [], level }: Asked,
  { seen, cutShort }: Pick<TestsRun, 'seen' | 'cutShort'>,
): CoverageRecord[] {
  if (globs.length > 0 || level !== undefined || cutShort.has('*')) return [];
  return targets
    .filter((target) => !cutShort.has(target.name) && isAskedAll(target))
    .map((target) => ({ type: 'coverage', target: target.name, groups: groupsOf(target, seen) }));
}

/** Rules of another provider would not have been tested there anyway. */
function isAskedAll({ leftOut = {}, meta }: SuiteTarget): boolean {
  return (Object.keys(leftOut) as RuleId[]).every((id) => {
    const { provider } = rules[id];
    return provider !== null && provider !== meta.videoProvider;
  });
}

function groupsOf(target: SuiteTarget, seen: TestsRun['seen']): CoverageRecord['groups'] {
  const facts = {
    profiles: profilesOf(target),
    provider: target.meta.videoProvider,
    hasEmulator: target.twilio !== undefined,
  };
  return coverageOf(seen.of(target.name), facts);
}
