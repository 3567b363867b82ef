import { describe, expect, it } from 'vitest';
import { checkGlobs } from './suite-options.ts';

const ids = ['http/problem', 'http/pages', 'appointments/no-overlap', 'appointments/start'];

describe('checkGlobs', () => {
  it.each(['http/*', '*/pages', '**', 'appointments/no-overlap', '{http,appointments}/*'])('accepts %s', (glob) => {
    expect(() => checkGlobs([glob], ids)).not.toThrow();
  });

  it('refuses a glob that fits nothing even beside one that does', () => {
    expect(() => checkGlobs(['http/*', 'nothing/*'], ids)).toThrow(/no rule fits --rule nothing\/\*/);
  });

  it.each([
    ['appointments', /near: appointments\/\*/],
    ['appointment/*', /near: appointments\/\*/],
    ['appointments/no-overlapp', /near: appointments\/no-overlap/],
    ['pages', /near: http\/pages/],
  ])('names what is near to %s', (glob, message) => {
    expect(() => checkGlobs([glob], ids)).toThrow(message);
  });
});
