import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addSuiteOptions } from '../cli/suite-options.ts';
import { addTargetOptions } from '../cli/target-options.ts';
import { repositoryRoot } from '../stack/paths.ts';

const action = readFileSync(path.join(repositoryRoot, 'action.yml'), 'utf8');
const script = (/^( +)run: \|\n((?:\1 {2}.*\n|\n)+)/mu.exec(action)?.[2] ?? '').replaceAll(/^ {8}/gmu, '');

/** What the action's step would have given to `duet`. */
function wordsOf(environment: Record<string, string>): string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-action-'));
  const fake = path.join(folder, 'conformance/bin/duet.image.mjs');
  const text = `node() { shift; printf '%s\\n' "$@"; }\nset -u\n${script}`;
  writeFileSync(path.join(folder, 'output'), '');
  const given = { GITHUB_ACTION_PATH: fake, GITHUB_OUTPUT: path.join(folder, 'output') };
  const names = [...script.matchAll(/\$([A-Z_]+)/gu)].map(([, name = '']) => [name, '']);
  const env = { ...process.env, ...Object.fromEntries(names), ...given, ...environment };
  const words = execFileSync('bash', ['-e', '-c', text], { encoding: 'utf8', env }).split('\n').slice(0, -1);
  expect(readFileSync(path.join(folder, 'output'), 'utf8')).toBe('exit-code=0\n');
  rmSync(folder, { recursive: true });
  return words;
}

test('gives its inputs to duet conform, several lines as several options', () => {
  const environment = { TARGET: 'one=http://a,http://b\ntwo=http://c\n', INVITE_CODE: "it's $x", OUT: 'report' };
  expect(wordsOf(environment)).toEqual([
    'conform',
    '--yes',
    '--target=one=http://a,http://b',
    '--target=two=http://c',
    "--invite-code=it's $x",
    '--out=report',
  ]);
});

test('uses options that there are, and every input', () => {
  const known = addSuiteOptions(addTargetOptions(new Command())).options.map(({ long }) => long);
  const used = [...script.matchAll(/add (--[a-z-]+) "\$([A-Z_]+)"/gu)];
  expect(used.filter(([, option = '']) => !known.includes(option))).toEqual([]);
  for (const [, , name] of used) expect(action, name).toContain(`        ${name}: \${{ inputs.`);
  const inputs = [...(action.split('outputs:')[0] ?? '').matchAll(/^ {2}([a-z-]+):$/gmu)].map(([, name]) => name);
  expect(inputs).toHaveLength(used.length + 1);
  expect(action).toContain('name: ${{ inputs.artifact }}');
});
