import { expect, it } from 'vitest';
import { cornerTowards, nearestCorner } from './corner.ts';

const area = { width: 400, height: 600 };

it('snaps to the corner of the half it was dropped in', () => {
  expect(nearestCorner({ x: 10, y: 10 }, area, 'ltr')).toBe('top-start');
  expect(nearestCorner({ x: 390, y: 590 }, area, 'ltr')).toBe('bottom-end');
  expect(nearestCorner({ x: 10, y: 590 }, area, 'rtl')).toBe('bottom-end');
});

it('moves by arrow keys as the page reads', () => {
  expect(cornerTowards('bottom-end', 'ArrowUp', 'ltr')).toBe('top-end');
  expect(cornerTowards('top-end', 'ArrowLeft', 'ltr')).toBe('top-start');
  expect(cornerTowards('top-end', 'ArrowRight', 'rtl')).toBe('top-start');
  expect(cornerTowards('top-start', 'ArrowUp', 'ltr')).toBe('top-start');
});
