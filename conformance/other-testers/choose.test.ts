import { expect, test } from 'vitest';
import { loadFaults } from '../faults/catalogue.ts';
import { isWrapped } from '../faults/declare.ts';
import { atUrl } from './choose.ts';

test('faults around a backend are not shown at a URL', async () => {
  const faults = await loadFaults();
  const tried = atUrl(faults);
  expect(tried.length).toBeGreaterThan(100);
  expect(tried.length).toBe(faults.filter((fault) => !isWrapped(fault)).length);
});
