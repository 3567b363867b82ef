import { expect, test } from 'vitest';
import type { Build } from './manifest.ts';
import { complaintsIn, tableOf } from './report.ts';

const build = (name: string): Build => ({ name, manifests: [], listedSecrets: new Set() });
const builds = [build('overlays/local'), build('overlays/production')];
const rows = [{ promise: 'a-promise', cells: [[], [{ where: 'Job duet/one', cause: 'lacks a limit' }]] }];

test('the table says for each build whether a promise is kept', () => {
  expect(tableOf(rows, builds)).toMatch(/a-promise\s*│ ok\s*│ 1 wrong/);
});

test('a complaint is one line with build, promise, object and cause', () => {
  expect(complaintsIn(rows, builds)).toEqual(['overlays/production: a-promise: Job duet/one: lacks a limit']);
});
