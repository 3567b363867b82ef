import { expect, test } from 'vitest';
import { renderChanges } from './console-changes.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { compareRuns } from './run-changes.ts';

test('shows what broke, and targets of one run alone', () => {
  const text = renderChanges(compareRuns(conformantRecords('backend-b'), fixtureRecords()), false);
  expect(text).toContain('  Regressions (6)\n');
  expect(text).toContain('  ✓ pass → ✗ fail  appointments/no-overlap on backend-b\n');
  expect(text).toContain(
    '  No longer tested (7)\n  ✓ pass → ○ not tested  http/internal-error on backend-b: the target has no conformance clock (clock profile)\n',
  );
  expect(text).toContain('  Targets of the new run alone: backend-a\n');
  expect(text.endsWith('\n  6 regressions, 83 outcomes compared\n')).toBe(true);
});

test('is one line when nothing changed', () => {
  expect(renderChanges(compareRuns(conformantRecords(), conformantRecords()), false)).toBe(
    '  No regression, 90 outcomes compared\n',
  );
});

test('says what was repaired', () => {
  const text = renderChanges(compareRuns(fixtureRecords(), conformantRecords('backend-b')), false);
  expect(text).toContain('  Repaired (6)\n');
  expect(text).toContain('  Newly tested (7)\n');
  expect(text).toContain('  Targets of the old run alone: backend-a\n');
  expect(text).toContain('  No regression, 6 repaired, 83 outcomes compared\n');
});
