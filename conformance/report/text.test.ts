import { expect, test } from 'vitest';
import { bytes, clip, clipWords, count, duration, listed, oneLine, visible, wrap } from './text.ts';

test('spells out what could move a cursor or reorder a line', () => {
  expect(visible('\u001b[31mred\u0007\r')).toBe('\\u001b[31mred\\u0007\\r');
  expect(visible('a\u202egnp.exe \ud800 \u0000')).toBe('a\\u202egnp.exe \\ud800 \\u0000');
  expect(visible('two\nlines\tand a tab')).toBe('two\nlines\tand a tab');
  expect(oneLine('two\nlines\tand a tab')).toBe('two\\nlines\\tand a tab');
});

test('leaves emoji and right-to-left letters as they are', () => {
  expect(visible('שלום 👩🏽‍⚕️ ö')).toBe('שלום 👩🏽‍⚕️ ö');
});

test('clips by code points and wraps between words', () => {
  expect(clip('👍👍👍👍', 3)).toBe('👍👍…');
  expect(clip('abc', 3)).toBe('abc');
  expect(clipWords('the client hears it', 14)).toBe('the client …');
  expect(clipWords('the client', 14)).toBe('the client');
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('incomprehensibilities', 7)).toEqual(['incomprehensibilities']);
});

test('says quantities as a person does', () => {
  expect([0.42, 812, 12_400, 59_960, 185_000].map(duration)).toEqual([
    '0.4 ms',
    '812 ms',
    '12.4 s',
    '1 min 00 s',
    '3 min 05 s',
  ]);
  expect([count(1, 'rule'), count(5312, 'answer')]).toEqual(['1 rule', '5,312 answers']);
  expect([0, 512, 65_536, 32 * 1024 ** 3].map(bytes)).toEqual(['0 B', '512 B', '64 KiB', '32 GiB']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});
