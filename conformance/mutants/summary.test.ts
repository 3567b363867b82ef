import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listMutants } from './list-mutants.ts';
import { nearRules } from './near-rules.ts';
import { isEnough, rateOf, summaryOf, tallyOf, type Tried } from './summary.ts';
import { keepTrial, readTrials, type TrialRecord } from './trials.ts';
import { existingBackends } from '../src/stack/backends.ts';
import { repositoryRoot } from '../src/stack/paths.ts';

function tried(outcome: TrialRecord['outcome'], index: number): Tried {
  const id = `src/features/calls/calls.rules.ts open boundary ${index}`;
  const shape = { operator: 'boundary', start: 0, end: 1, after: '<=', before: '<', line: 12 };
  const mutant = { ...shape, id, file: 'src/features/calls/calls.rules.ts' };
  return { mutant, trial: { id, source: 'x', at: '2026-01-01T00:00:00.000Z', outcome, reason: '', ms: 5 } };
}

test('the rate is of those that started', () => {
  const all = [
    ...Array.from({ length: 19 }, (_, index) => tried('killed', index)),
    tried('survived', 19),
    tried('stillborn', 20),
  ];
  const tally = tallyOf('a', all);
  expect(tally).toEqual({ killed: 19, survived: 1, accepted: 0, stillborn: 1 });
  expect(rateOf(tally)).toBe(0.95);
  expect(isEnough(tally)).toBe(true);
  expect(isEnough({ ...tally, killed: 18 })).toBe(false);
});

test('a survivor is shown with its change', () => {
  expect(summaryOf('a', [tried('killed', 1), tried('survived', 2)])).toContain(`
✗ src/features/calls/calls.rules.ts open boundary 2
  backend-a/src/features/calls/calls.rules.ts:12
  - <
  + <=
`);
});

test('trials are kept, and one that was cut off is none', () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'duet-trials-')), 'of', 'backend-a.ndjson');
  expect(readTrials(file).size).toBe(0);
  const { trial } = tried('survived', 1);
  keepTrial(file, trial);
  keepTrial(file, { ...trial, outcome: 'killed' });
  writeFileSync(file, '{"id":"cut', { flag: 'a' });
  expect([...readTrials(file).values()]).toEqual([{ ...trial, outcome: 'killed' }]);
});

test('the rules of a file are those it names and those of its area', () => {
  const near = nearRules('src/features/doctors/doctors.rules.ts', '/** @rule http/pages */');
  expect(near).toEqual(['http/pages', 'doctors/busy-times', 'doctors/directory', 'doctors/only-doctors']);
});

test.each(existingBackends())('each mutant of backend-%s has a name of its own', (id) => {
  const ids = listMutants(path.join(repositoryRoot, `backend-${id}`)).map((mutant) => mutant.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(100);
});
