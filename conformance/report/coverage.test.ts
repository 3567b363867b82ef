import { expect, test } from 'vitest';
import { renderAnnotations } from './annotations.ts';
import { renderConsole } from './console.ts';
import { coverageWords, isWhole, missingWords } from './coverage.ts';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { coverageRecord } from './fixtures/coverage.ts';
import { fixturePlaces } from './fixtures/places.ts';
import { conformantRecords } from './fixtures/run.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import type { CoverageRecord } from './records.ts';
import { summarise } from './summarise.ts';

const whole = coverageRecord();
const partial = coverageRecord('backend-b', {
  statuses: ['getMe 500'],
  'enum values': ['listAppointments query /status missed', '/components/schemas/PlainProblemCode not-found'],
});

function summaryOf(...coverage: CoverageRecord[]) {
  const records = conformantRecords();
  return summarise([...records.slice(0, -1), ...coverage, ...records.slice(-1)], fixtureCatalogue);
}

const plain = (...coverage: CoverageRecord[]) => renderConsole(summaryOf(...coverage), { isColoured: false });

test('coverage is one line of words', () => {
  expect(coverageWords(whole)).toBe(
    '136 of 136 statuses, 68 of 68 places, 929 of 929 enum values, 1,350 of 1,350 keyword sides',
  );
  expect([isWhole(whole), isWhole(partial)]).toEqual([true, false]);
});

test('what is missing is named, at most twenty of a group', () => {
  expect(missingWords(whole)).toEqual([]);
  const many = Array.from({ length: 22 }, (_, index) => `p${index}`);
  const [line] = missingWords(coverageRecord('backend-a', { places: many }));
  expect(line).toBe(
    'places never seen: p0; p1; p2; p3; p4; p5; p6; p7; p8; p9; p10; p11; p12; p13; p14; p15; p16; p17; p18; p19; and 2 more',
  );
});

test('the console has a line a target, what is missing below it as a warning', () => {
  expect(plain(whole, partial)).toContain(`
  Coverage
  What a run never saw is a gap in what it asked, and no fault of the target.

  ✓ backend-a: 136 of 136 statuses, 68 of 68 places, 929 of 929 enum values, 1,350 of 1,350 keyword sides
  ▲ backend-b: 135 of 136 statuses, 68 of 68 places, 927 of 929 enum values, 1,350 of 1,350 keyword sides
    statuses never seen: getMe 500
    enum values never seen: listAppointments query /status missed;
    /components/schemas/PlainProblemCode not-found

`);
  expect(plain(whole)).toContain('  Coverage\n\n  ✓ backend-a: 136 of 136 statuses');
});

test('Markdown lists it too', () => {
  expect(renderMarkdown(summaryOf(whole, partial))).toContain(`## Coverage

What a run never saw is a gap in what it asked, and no fault of the target.

- ✓ backend-a: 136 of 136 statuses, 68 of 68 places, 929 of 929 enum values, 1,350 of 1,350 keyword sides
- ▲ backend-b: 135 of 136 statuses, 68 of 68 places, 927 of 929 enum values, 1,350 of 1,350 keyword sides
  - statuses never seen: getMe 500
  - enum values never seen: `);
});

test('the page has a section of it', () => {
  const page = renderHtml(summaryOf(whole, partial));
  expect(page).toContain('<a href="#coverage">Coverage</a>');
  expect(page).toContain('<strong><bdi>backend-b</bdi></strong>: 135 of 136 statuses, 68 of 68 places');
  expect(page).toContain('<p class="links">statuses never seen: getMe 500</p>');
});

test('GitHub is warned of what is missing alone', () => {
  expect(renderAnnotations(summaryOf(whole), fixturePlaces)).toBe('');
  expect(renderAnnotations(summaryOf(partial), fixturePlaces)).toMatch(
    /^::warning title=Coverage on backend-b::135 of 136 statuses, .+%0Astatuses never seen: getMe 500%0Aenum values never seen: .+\n$/u,
  );
});

test('a missing mark changes no verdict', () => {
  const said = (...coverage: CoverageRecord[]) => summaryOf(...coverage).targets.map(({ verdict }) => verdict.verdict);
  expect(said(partial)).toEqual(said());
  expect(said(partial)).toEqual(['conformant']);
});

test('a run of some rules says nothing of it', () => {
  expect(plain()).not.toContain('Coverage');
  expect(renderMarkdown(summaryOf())).not.toContain('Coverage');
  expect(renderHtml(summaryOf())).not.toContain('id="coverage"');
});
