import { expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords, HOSTILE } from './fixtures/run.ts';
import { renderMarkdown } from './markdown.ts';
import { summarise } from './summarise.ts';

const page = renderMarkdown(summarise(fixtureRecords(), fixtureCatalogue));

test('begins with the verdicts', () => {
  expect(page).toContain('# backend-a breaks 1 of 90 rules, backend-b breaks 3 of 90 rules\n');
  expect(page).toContain(
    '| **backend-b**<br>Fastify · Prisma | ❌ not conformant | core | 77 | 3 | 1 | 2 | 7 | 5,312 | 3 min 01 s |',
  );
  const good = renderMarkdown(summarise(conformantRecords(), fixtureCatalogue));
  expect(good).toContain('| ✅ conformant | core, clock, launcher | 90 | 0 |');
  expect(good).not.toMatch(/What differs|went wrong|not tested\n/u);
});

test('says what differs, what went wrong and what was not tested', () => {
  expect(page).toContain('## What differs (4)\n\n| rule | backend-a | backend-b |\n| --- | --- | --- |\n');
  expect(page).toContain(
    '| `appointments/no-overlap` | ✓ passes | ✗ The answer was 201 where 409 slot-taken was expected. |',
  );
  expect(page).toContain('<summary>✗ <code>appointments/no-overlap</code> on <b>backend-b</b>: The answer was 201');
  expect(page).toContain('```\nexpected  409 slot-taken\nactual    201 {"id":');
  expect(page).toContain('- 7 rules on backend-b: the target has no conformance clock (clock profile)');
  expect(page).toContain('<summary><b>calls</b> · 13 rules · ✓ 22 ○ 4</summary>');
});

test('keeps hostile text from becoming markup, mentions or cells', () => {
  const outside = page.replaceAll(/^(`{3,})\w*\n[^]*?\n\1$/gmu, '');
  expect(outside).not.toMatch(/(?<!\\)<(script|img|\/script)/u);
  expect(outside).not.toContain('@everyone');
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
});

test('lengthens a fence that its content would close', () => {
  const records = fixtureRecords().map((record) =>
    record.type === 'test' && record.failures[0]
      ? { ...record, failures: [{ key: 'x', message: 'm', expected: '````\n# out', actual: 'b' }] }
      : record,
  );
  expect(renderMarkdown(summarise(records, fixtureCatalogue))).toContain(
    '`````\nexpected  ````\n# out\nactual    b\n`````',
  );
});

test('stays under what a comment may hold', () => {
  const records = fixtureRecords().map((record) => {
    if (record.type === 'test') {
      const failures = [{ key: 'x', message: HOSTILE.repeat(9), expected: HOSTILE.repeat(99), actual: 'b' }];
      return { ...record, outcome: 'fail' as const, failures };
    }
    return record.type === 'rule' ? { ...record, outcome: 'fail' as const } : record;
  });
  const long = renderMarkdown(summarise(records, fixtureCatalogue));
  expect(long.length).toBeLessThan(65_000);
  expect(long).toMatch(/… and \d+ more failing rules: in the HTML report\./u);
});
