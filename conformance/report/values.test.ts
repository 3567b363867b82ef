import { expect, test } from 'vitest';
import { commonEnds, contrast, valuesOf } from './values.ts';

test('spells out the difference between values that look alike', () => {
  expect(contrast('é', 'e\u0301')).toEqual(['"\\u00e9"', '"e\\u0301"']);
  expect(contrast('ada ', 'ada')).toEqual(['"ada "', '"ada"']);
  expect(contrast('409', '201')).toEqual(['409', '201']);
});

test('shows long values from shortly before they part', () => {
  const common = `{"items":[${'1,'.repeat(500)}`;
  const failure = { key: 'k', message: 'm', expected: `${common}2]}`, actual: `${common}3]}` };
  expect(valuesOf(failure, 100)).toEqual([
    { label: 'expected', text: `…${'1,'.repeat(20)}2]}` },
    { label: 'actual', text: `…${'1,'.repeat(20)}3]}` },
  ]);
  expect(valuesOf({ ...failure, expected: 'x'.repeat(9), actual: 'xy' }, 5)).toEqual([
    { label: 'expected', text: 'xxxx…' },
    { label: 'actual', text: 'xy' },
  ]);
});

test('cuts no emoji in two', () => {
  const failure = { key: 'k', message: 'm', expected: `${'👍'.repeat(90)}a`, actual: `_${'👍'.repeat(90)}b` };
  for (const { text } of valuesOf(failure, 60)) expect(text.isWellFormed()).toBe(true);
  const odd = { ...failure, expected: `a${'👍'.repeat(90)}b`, actual: `a${'👍'.repeat(90)}c` };
  for (const { text } of valuesOf(odd, 60)) expect(text.isWellFormed()).toBe(true);
});

test('shows the one value there is', () => {
  expect(valuesOf({ key: 'k', message: 'm', actual: '201' }, 9)).toEqual([{ label: 'actual', text: '201' }]);
  expect(valuesOf({ key: 'k', message: 'm' }, 9)).toEqual([]);
});

test('counts what two texts share at both ends, once', () => {
  expect(commonEnds('aXb', 'aYYb')).toEqual({ prefix: 1, suffix: 1 });
  expect(commonEnds('aa', 'aaa')).toEqual({ prefix: 2, suffix: 0 });
  expect(commonEnds('a👍b', 'a👎b')).toEqual({ prefix: 1, suffix: 1 });
  expect(commonEnds('', 'x')).toEqual({ prefix: 0, suffix: 0 });
});
