import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type RuleId, rules } from '@duet/contract/rules';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const catalogue = Object.keys(rules) as RuleId[];

function idsOf(folder: string, suffix: string): string[] {
  return globSync(`**/*${suffix}`, { cwd: path.join(ROOT, folder) })
    .map((file) => file.slice(0, -suffix.length).replaceAll('\\', '/'))
    .sort();
}

function tagsOf(backend: string): string[] {
  const files = globSync('src/**/*.ts', { cwd: path.join(ROOT, backend) }).filter((file) => !file.endsWith('.test.ts'));
  const text = files.map((file) => readFileSync(path.join(ROOT, backend, file), 'utf8')).join('\n');
  return [...new Set([...text.matchAll(/@rule ([a-z]+\/[a-z-]+)/g)].map(([, id]) => id ?? ''))].sort();
}

describe('a rule is done when all five are there', () => {
  test('every rule has its page, and every page is a rule', () => {
    expect(idsOf('contract/rules', '.md')).toEqual([...catalogue].sort());
  });

  test('every rule has its test', () => {
    expect(catalogue.filter((id) => !idsOf('conformance/rules', '.test.ts').includes(id))).toEqual([]);
  });

  test('every test is of a rule', () => {
    expect(idsOf('conformance/rules', '.test.ts').filter((id) => !(id in rules))).toEqual([]);
  });

  test('every rule has a fault that proves its test', () => {
    const faults = idsOf('conformance/faults', '.ts');
    expect(catalogue.filter((id) => !faults.includes(id))).toEqual([]);
  });

  for (const backend of ['backend-a', 'backend-b']) {
    test(`${backend} tags every rule, and nothing that is none`, () => {
      const tags = tagsOf(backend);
      expect(tags.filter((id) => !(id in rules))).toEqual([]);
      expect(catalogue.filter((id) => !tags.includes(id))).toEqual([]);
    });
  }

  test('every test declares the rule that its file is named after', () => {
    for (const id of idsOf('conformance/rules', '.test.ts')) {
      const text = readFileSync(path.join(ROOT, 'conformance/rules', `${id}.test.ts`), 'utf8');
      expect(
        [...text.matchAll(/^rule\('([^']+)'/gm)].map(([, named]) => named),
        id,
      ).toEqual([id]);
    }
  });

  test('test titles are in the indicative, at most 70 characters', () => {
    for (const id of idsOf('conformance/rules', '.test.ts')) {
      const text = readFileSync(path.join(ROOT, 'conformance/rules', `${id}.test.ts`), 'utf8');
      const titles = [...text.matchAll(/\btest\(\s*(['"])(.+?)\1,/g)].map(([, , title]) => title ?? '');
      expect(
        titles.filter((title) => title.length > 70 || /\bshould\b/.test(title)),
        id,
      ).toEqual([]);
    }
  });
});
