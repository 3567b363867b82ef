import { expect, test } from 'vitest';
import { namesTag } from './entity-tags.ts';

test.each([
  ['*', true, true],
  ['"a"', true, true],
  ['"x", "a"', true, true],
  ['"x",W/"a"', false, true],
  ['W/"a"', false, true],
  ['"b"', false, false],
  ['"a,b"', false, false],
])('%s names "a": strongly %s, weakly %s', (header, strong, weak) => {
  expect(namesTag(header, '"a"', 'strong')).toBe(strong);
  expect(namesTag(header, '"a"', 'weak')).toBe(weak);
});
