import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contractDocument } from '../src/driver/contract.ts';
import { downConvert } from './down-convert/down-convert.ts';
import { limitOf } from './limits.ts';
import { partsOf, withParts } from './page.ts';
import { ofKind, readResults } from './records.ts';

const committed = path.join(import.meta.dirname, 'results.ndjson');
const results = readResults(committed);
const page = readFileSync(path.resolve(import.meta.dirname, '../docs/other-testers.md'), 'utf8');
const withoutPadding = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

test('the tables of the page are those of the committed results and of the contract', () => {
  const made = withParts(page, partsOf(results, downConvert(contractDocument).changes));
  expect(withoutPadding(page)).toBe(withoutPadding(made));
});

test('whatever was found on a server without a fault is a named limit', () => {
  const unnamed = ofKind(results, 'baseline').flatMap(({ tester, findings }) =>
    findings.filter((finding) => !limitOf(tester, finding)).map((finding) => ({ tester, ...finding })),
  );
  expect(unnamed).toEqual([]);
});

test('parts go between their marks', () => {
  expect(withParts('a\n<!-- one -->\nold\n<!-- /one -->\nb', { one: 'new' })).toBe(
    'a\n<!-- one -->\n\nnew\n\n<!-- /one -->\nb',
  );
  expect(() => withParts('a', { one: 'new' })).toThrow('the page has no <!-- one --> … <!-- /one -->');
});
