import { expect, test } from 'vitest';
import { processorMs, residentBytes } from './processor-time.ts';

test('a busy process runs about as long as the clock, and not longer', () => {
  const [before, began] = [processorMs(process.pid), performance.now()];
  while (performance.now() - began < 100);
  const [ran, passed] = [processorMs(process.pid) - before, performance.now() - began];
  expect(ran).toBeGreaterThan(1);
  // Other threads of this process may run meanwhile, on the other cores.
  expect(ran).toBeLessThan(passed * 4);
});

test('memory is told in bytes', () => {
  expect(residentBytes(process.pid)).toBeGreaterThan(20_000_000);
  expect(residentBytes(process.pid)).toBeLessThan(4_000_000_000);
});

test('a process that is gone has run for nothing', () => {
  expect([processorMs(2 ** 22 + 1), residentBytes(2 ** 22 + 1)]).toEqual([0, 0]);
});
