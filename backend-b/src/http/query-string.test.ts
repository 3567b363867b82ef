import { describe, expect, it } from 'vitest';
import { decodePercent, parseQuery } from './query-string.ts';

describe('parseQuery', () => {
  it('decodes names and values', () => {
    expect({ ...parseQuery('q=a+b%20%C3%BC&x&=y&&limit=5').values }).toEqual({
      q: 'a b ü',
      x: '',
      '': 'y',
      limit: '5',
    });
  });

  it('tells names that repeat once each', () => {
    const { errors, values } = parseQuery('a=1&a=2&a=3&b=1');
    expect(errors.map(({ pointer, rule }) => [pointer, rule])).toEqual([['/a', 'repeated']]);
    expect(values['a']).toBe('1');
  });

  it('tells values that cannot be decoded or hold U+0000', () => {
    expect(parseQuery('a=%zz&b=%ff&c=%00&d=%').errors.map(({ pointer }) => pointer)).toEqual(['/a', '/b', '/c', '/d']);
  });

  it('takes a byte order mark for a character like any other', () => {
    expect(parseQuery('q=%EF%BB%BF').values['q']).toBe('\ufeff');
  });

  it('treats __proto__ as a name like any other', () => {
    expect(Object.keys(parseQuery('__proto__=1').values)).toEqual(['__proto__']);
  });
});

describe('decodePercent', () => {
  it('gives undefined for what is no UTF-8', () => {
    expect(decodePercent('%C3%BC')).toBe('ü');
    expect(decodePercent('%C3')).toBeUndefined();
    expect(decodePercent('a%2')).toBeUndefined();
  });
});
