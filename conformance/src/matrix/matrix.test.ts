import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSpecimen, type Specimen } from '../../specimen/specimen.ts';
import { operations } from '../driver/contract.ts';
import { probeTarget } from '../target.ts';
import { type Cell, cellsOf, outcomeFor, tableOperations, WITH_SESSION, WITHOUT_SESSION } from './cells.ts';
import { complaintsOf } from './run-matrix.ts';
import { prepareStage, type Stage } from './stage.ts';
import { ACTORS } from './table.ts';

let specimen: Specimen;
let stage: Stage;

beforeAll(async () => {
  specimen = await createSpecimen({ inviteCode: 'welcome' });
  const { urls } = specimen;
  const target = await probeTarget({ name: 'specimen', urls, inviteCode: 'welcome', basePath: '', headers: {}, timeoutMs: 5_000 }); // prettier-ignore
  stage = await prepareStage(target);
});

afterAll(() => specimen.stop());

const allCells = (): Cell[] => tableOperations.flatMap((operationId) => cellsOf(operationId, ACTORS));

test('the table has a cell for every operation, actor and object', () => {
  expect(tableOperations.toSorted()).toEqual(operations.map(({ operationId }) => operationId).sort());
  const cells = allCells();
  expect(cells.length).toBe(15 * 7 + 2 * 5 * 7 + 6 * 7 + 12 * 3 * 7);
  expect(new Set(cells.map(({ operationId, object, actor }) => `${operationId} ${object} ${actor}`)).size).toBe(469);
  expect(cells.filter((cell) => !/^\d{3}( [a-z-]+)?$/.test(outcomeFor(cell, 'twilio')))).toEqual([]);
});

test('every actor is asked for by one of two rules', () => {
  expect([...WITHOUT_SESSION, ...WITH_SESSION]).toEqual([...ACTORS]);
  const folder = path.resolve(import.meta.dirname, '../../rules/sessions');
  const isAsked = (slug: string, actors: string) =>
    readFileSync(path.join(folder, `${slug}.test.ts`), 'utf8').includes(`answersAsTheTable(test, ${actors})`);
  expect(isAsked('required', 'WITHOUT_SESSION')).toBe(true);
  expect(isAsked('own-data-only', 'WITH_SESSION')).toBe(true);
});

test('an operation is closed to all who are nobody, or to none of them', () => {
  for (const operationId of tableOperations) {
    const outcomes = cellsOf(operationId, WITHOUT_SESSION).map((cell) => outcomeFor(cell, 'peer'));
    const isOpen = operations.some((one) => one.operationId === operationId && one.open);
    expect(
      outcomes.every((outcome) => (outcome === '401 unauthenticated') === !isOpen),
      operationId,
    ).toBe(true);
  }
});

test('a good server answers every cell as the table says', { timeout: 60_000 }, async () => {
  expect(await complaintsOf(stage, allCells())).toEqual([]);
});

test('a cell that is answered otherwise is told', async () => {
  const [cell] = cellsOf('getMe', ['nobody']);
  if (!cell) throw new Error('getMe has no cell');
  expect(await complaintsOf(stage, [{ ...cell, expected: '200' }])).toEqual([
    'getMe, none, nobody: expected 200, but it is 401 unauthenticated',
  ]);
});
