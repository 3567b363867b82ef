import { describe, expect, test } from 'vitest';
import type { Parameter } from './contract.ts';
import { readQuery } from './query-string.ts';

const parameters: Parameter[] = [
  { name: 'q', in: 'query', schema: { type: 'string' } },
  { name: 'limit', in: 'query', schema: { type: 'integer' } },
];

describe('readQuery', () => {
  test('makes numbers of plain decimal digits, of integers only', () => {
    expect({ ...readQuery('/x?q=12&limit=05', parameters).values }).toEqual({ q: '12', limit: 5 });
    expect({ ...readQuery('/x?limit=1e1', parameters).values }).toEqual({ limit: '1e1' });
  });

  test('reads a plus as a space', () => {
    expect({ ...readQuery('/x?q=a+b%2Bc', parameters).values }).toEqual({ q: 'a b+c' });
  });

  test('names what is repeated, also under another spelling', () => {
    expect(readQuery('/x?limit=1&l%69mit=2', parameters).places).toMatchObject([
      { in: 'query', pointer: '/limit', rule: 'repeated' },
    ]);
  });

  test('names what cannot be decoded', () => {
    expect(readQuery('/x?q=%ED%A0%80', parameters).places).toMatchObject([
      { in: 'query', pointer: '/q', rule: 'format' },
    ]);
  });

  test('takes __proto__ for a name like any other', () => {
    expect(Object.keys(readQuery('/x?__proto__=1', parameters).values)).toEqual(['__proto__']);
  });
});
