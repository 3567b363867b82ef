import { describe, expect, it } from 'vitest';
import { signalErrors } from './signals.rules.ts';

function nested(depth: number): object {
  return depth === 1 ? {} : { a: nested(depth - 1) };
}

describe("a signal's data", () => {
  it('may be 32 deep and 32,768 bytes long', () => {
    expect(signalErrors({ data: nested(32) })).toEqual([]);
    expect(signalErrors({ data: { x: 'é'.repeat(16_380) } })).toEqual([]);
  });

  it('may not be deeper or longer', () => {
    expect(signalErrors({ data: nested(33) })).toMatchObject([{ in: 'body', pointer: '/data' }]);
    expect(signalErrors({ data: { x: 'é'.repeat(16_381) } })).toMatchObject([{ in: 'body', pointer: '/data' }]);
  });

  it('holds neither U+0000 nor lone surrogates, in names neither', () => {
    const data = { 'a/\u0000': [1, { b: '\ud800' }], fine: '🩹' };
    const places = signalErrors({ data }).map(({ pointer }) => pointer);
    expect(places.sort()).toEqual(['/data/a~1\u0000', '/data/a~1\u0000/1/b']);
  });

  it('is left to the schema when it is no object', () => {
    expect([{}, { data: [] }, { data: null }, null].flatMap(signalErrors)).toEqual([]);
  });
});
