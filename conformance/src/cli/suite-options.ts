import { rules } from '@duet/contract/rules';
import type { Command } from 'commander';
import path from 'node:path';
import type { Profile } from '../../report/stream.ts';
import { CouldNotJudge, profilesOf, type SuiteTarget } from '../target.ts';
import { collect, oneOf, wholeNumber } from './values.ts';

/** The options that say what is judged and where the report goes. */
export type SuiteChoice = {
  rule: string[];
  level?: 'MUST' | 'SHOULD';
  require: Profile[];
  seed?: number;
  jobs?: number;
  knownFailures?: string;
  watch?: string | true;
  out: string;
};

const profiles = ['core', 'clock', 'launcher'] as const;

export function addSuiteOptions(command: Command): Command {
  return command
    .option('--rule <glob>', "judge only these rules, such as 'appointments/*' (repeatable)", collect, [])
    .option('--level <level>', 'judge only the rules of that level, MUST or SHOULD', oneOf(['MUST', 'SHOULD']))
    .option('--require <profiles>', 'exit 2 unless every target has them: clock,launcher', parseProfiles, [])
    .option('--seed <number>', 'what random choices begin with', wholeNumber(0, 2 ** 31 - 1))
    .option('--jobs <number>', 'test files at a time, of each target (default: what fits)', wholeNumber(1, 64))
    .option(
      '--known-failures <file>',
      'what is known to fail or to be flaky, until when (conformance/docs/known-failures.md)',
    )
    .option('--watch [folder]', 'run again whenever a file in the folder changes; the present one unless given')
    .option('--out <folder>', 'where results.ndjson and the reports made of it go', 'report');
}

/**
 * Every glob must fit a rule: one that fits none is a slip of the pen, and its rule would be left out unseen.
 * @throws CouldNotJudge that names the globs and what is near.
 */
export function checkGlobs(globs: readonly string[], ids: readonly string[] = Object.keys(rules)): void {
  const fruitless = globs.filter((glob) => !ids.some((id) => path.matchesGlob(id, glob)));
  if (fruitless.length === 0) return;
  const near = nearest(fruitless, ids);
  throw new CouldNotJudge(`no rule fits --rule ${fruitless.join(', ')}; near: ${near.join(', ')}`);
}

/** @throws CouldNotJudge when a target lacks a profile that is required. */
export function checkProfiles(targets: readonly SuiteTarget[], required: readonly Profile[]): void {
  for (const target of targets) {
    const missing = required.find((profile) => !profilesOf(target).includes(profile));
    if (missing) throw new CouldNotJudge(`${target.name} lacks the required profile ${missing}: ${waysTo[missing]}`);
  }
}

const waysTo: Record<Profile, string> = {
  core: 'give its URL with --target',
  clock: 'start it with CONFORMANCE_CLOCK=1',
  launcher: 'give a launcher file with --launcher; its database role must be allowed to create databases',
};

function parseProfiles(text: string): Profile[] {
  return text.split(',').map((word) => oneOf(profiles)(word.trim()));
}

/** Rules and whole areas whose names are like the globs. */
function nearest(globs: readonly string[], ids: readonly string[]): string[] {
  const areas = new Set(ids.map((id) => `${id.split('/')[0]}/*`));
  const words = globs.map((glob) => glob.replaceAll('*', ''));
  const ranked = [...areas, ...ids].map((name) => ({
    name,
    far: Math.min(...words.map((word) => distance(word, name.replace('*', '')))),
  }));
  ranked.sort((one, other) => one.far - other.far);
  return ranked.slice(0, 4).map(({ name }) => name);
}

/** Letters to put in, take out or change; a word that is a part of the id is nearest, above all of a short one. */
function distance(word: string, id: string): number {
  if (word.length > 2 && id.includes(word)) return (id.length - word.length) / 100;
  let row = Array.from({ length: id.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...word].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...id].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
