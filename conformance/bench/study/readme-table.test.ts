import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from './analyse.ts';
import { readBundle } from './bundle.ts';
import { renderStudyMarkdown } from './markdown.ts';
import { renderStudyPage } from './page/page.ts';
import { readmeTable } from './readme-table.ts';

const committed = path.resolve(import.meta.dirname, '../data/quick.ndjson');
const study = analyse(readBundle(committed));
const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
const withoutPadding = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

test("the README's figures are those of the committed raw data", () => {
  expect(withoutPadding(readme)).toContain(readmeTable(study));
});

test('the committed raw data is of a run that ended, on a commit', () => {
  const [header] = readBundle(committed);
  expect(header).toMatchObject({ profile: 'quick', isClean: true });
  expect(study.footer).not.toBeNull();
});

test('the same raw data gives the same bytes', { timeout: 30_000 }, () => {
  const again = analyse(readBundle(committed));
  expect(renderStudyPage(again)).toBe(renderStudyPage(study));
  expect(renderStudyMarkdown(again)).toBe(renderStudyMarkdown(study));
});
