import { describe, expect, test } from 'vitest';
import { renderConsole } from './console.ts';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { knownRecord } from './fixtures/known.ts';
import { fixtureRecords } from './fixtures/run.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { Outcome, ResultRecord } from './records.ts';
import { summarise } from './summarise.ts';
import { headline, verdictWords } from './verdict.ts';

const flaky = knownRecord({ list: 'flaky', rule: 'appointments/cancel', why: 'passed this time' });
const stale = knownRecord({ rule: 'http/pages', state: 'passes', why: 'passes: take it out of the list' });
const LISTED: Record<string, Outcome> = { 'http/text-verbatim': 'known failure', 'appointments/cancel': 'flaky' };

/** The usual run, in which backend-a breaks nothing but what is known of it. */
function records(): ResultRecord[] {
  const changed = fixtureRecords().map((record): ResultRecord => {
    if (record.type === 'rule' && record.target === 'backend-a' && LISTED[record.rule])
      return { ...record, outcome: LISTED[record.rule] ?? 'pass', reason: 'fails, as known: it is being mended' };
    if (record.type === 'verdict' && record.target === 'backend-a')
      return { ...record, failed: 0, passed: record.passed - 1, known: 1, flaky: 1 };
    return record;
  });
  return [...changed.slice(0, -1), knownRecord(), flaky, stale, ...changed.slice(-1)];
}

const summary = summarise(records(), fixtureCatalogue);

test('a verdict counts what is known, and a run of it breaks nothing else', () => {
  expect(summary.targets.map(verdictWords)[0]).toBe(
    'not conformant (judged: core, clock, launcher) · 86 rules passed · 1 warning · 1 known failure and 1 flaky rule · 1 not tested · 5,312 answers judged',
  );
  expect(headline(summary)).toBe(
    'backend-a breaks nothing new of 90 rules (1 known failure and 1 flaky rule), backend-b breaks 3 of 90 rules',
  );
});

test('the console lists known failures and flaky rules apart, what is out of date in red', () => {
  const plain = renderConsole(summary, { isColoured: false });
  expect(plain).toContain(`  Known failures

  ◇ http/text-verbatim on backend-a: fails, as known
    the driver of the database normalises (https://example.com/issues/7, until 2031-06-30)
  ✗ http/pages on backend-a: passes: take it out of the list
    the driver of the database normalises (https://example.com/issues/7, until 2031-06-30)

  Flaky

  ≈ appointments/cancel on backend-a: passed this time
`);
  expect(plain).toMatch(/^ {2}text-verbatim .*◇ known .*✗ fail$/mu);
  expect(plain).toMatch(/^ {2}cancel .*≈ flaky .*✓ [\d.]+ s$/mu);
});

describe('JUnit', () => {
  const xml = renderJunit(summary);

  test('skips what is known, and a flaky rule that passed', () => {
    expect(xml).toContain('<skipped message="known failure: The reason came back changed: ');
    expect(xml).toMatch(/classname="appointments\/cancel" name="holds for every caller" time="[\d.]+">\n\s+<skipped/u);
    expect(xml).toContain('<skipped message="flaky: passed this time"/>');
  });

  test('fails for an entry that no longer holds', () => {
    expect(xml).toContain(
      '<testcase classname="duet" name="http/pages on backend-a in known-failures.json" time="0.000">\n      <failure message="passes: take it out of the list"/>',
    );
    expect(xml.match(/classname="duet"/gu)).toHaveLength(1);
  });
});

test('Markdown and HTML show each entry with its reason, link and last day', () => {
  expect(renderMarkdown(summary)).toContain(
    '| ❌ known failure | `http/pages` on backend-a | passes: take it out of the list | the driver of the database normalises | <https://example.com/issues/7> | 2031-06-30 |',
  );
  const page = renderHtml(summary);
  expect(page).toContain('Known failures and flaky rules <span class="count">3</span>');
  expect(page).toContain('<option value="flaky">≈ flaky</option>');
  expect(page).toContain('until 2031-06-30');
});
