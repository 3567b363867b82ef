import { expect, it } from 'vitest';
import { pictureFit } from './picture-fit.ts';

it('fills the place unless too much of the picture would be cut away', () => {
  const laptop = { width: 1280, height: 720 };
  expect(pictureFit(laptop, { width: 1000, height: 700 })).toBe('cover');
  expect(pictureFit(laptop, { width: 360, height: 640 })).toBe('contain');
  expect(pictureFit({ width: 480, height: 640 }, { width: 360, height: 640 })).toBe('cover');
  expect(pictureFit({ width: 0, height: 0 }, laptop)).toBe('cover');
});
