import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RuleId, rules } from '@duet/contract/rules';
import type { Lane } from '../rule.ts';

export type Level = 'MUST' | 'SHOULD';
export type RuleFile = { rule: RuleId; file: string; lanes: readonly Lane[] };

export const RULES_FOLDER = fileURLToPath(new URL('../../rules', import.meta.url));
const SUFFIX = '.test.ts';

/** The rules of the catalogue that fit one of the globs (all without any) and the level, in the catalogue's order. */
export function selectRules(globs: readonly string[] = [], level?: Level): RuleId[] {
  const ids = Object.keys(rules) as RuleId[];
  return ids.filter(
    (id) =>
      (globs.length === 0 || globs.some((glob) => path.matchesGlob(id, glob))) && (!level || rules[id].level === level),
  );
}

/** The test files of these rules, by the file's path, which is the rule's id. */
export function listRuleFiles(selected: readonly RuleId[]): RuleFile[] {
  const wanted = new Set<string>(selected);
  return globSync(`**/*${SUFFIX}`, { cwd: RULES_FOLDER })
    .map((file) => ({ id: file.slice(0, -SUFFIX.length).replaceAll('\\', '/'), file: path.join(RULES_FOLDER, file) }))
    .filter(({ id }) => wanted.has(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, file }) => ({ rule: id as RuleId, file, lanes: lanesOf(file) }));
}

/** Read from the text, so that a lane loads only the files that have something for it. */
function lanesOf(file: string): Lane[] {
  const text = readFileSync(file, 'utf8');
  const count = (part: string): number => text.split(part).length - 1;
  const [waiting, quiet] = [count("lane: 'waiting'"), count("lane: 'quiet'")];
  const lanes: Lane[] = count(' test(') > waiting + quiet ? ['busy'] : [];
  if (waiting > 0) lanes.push('waiting');
  if (quiet > 0) lanes.push('quiet');
  return lanes;
}
