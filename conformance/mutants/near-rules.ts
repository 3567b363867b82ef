import { type RuleId, rules } from '@duet/contract/rules';

const TAG = /@rule ([a-z-]+\/[a-z-]+)/g;

/** The rules that are the first to notice a change of a file: those it names, and those of its area. */
export function nearRules(file: string, text: string): RuleId[] {
  const tagged = [...text.matchAll(TAG)].map(([, id]) => id);
  const area = /^src\/features\/([a-z]+)\//.exec(file)?.[1];
  return (Object.keys(rules) as RuleId[]).filter((id) => tagged.includes(id) || rules[id].area === area);
}
