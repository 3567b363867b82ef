import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { english } from './english.ts';

const sources = path.join(import.meta.dirname, '..');
/** Whole keys only: what is put together from pieces is tested where it is. */
const call = /(?<![\w.])t\(\s*'([\w.-]+)'/g;

test('every text that a page names is there', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name));
  const missing = files.flatMap((name) => {
    const text = readFileSync(path.join(sources, name), 'utf8');
    return Array.from(text.matchAll(call), ([, key = '']) => key)
      .filter((key) => key.includes('.') && !hasText(key))
      .map((key) => `${name}: ${key}`);
  });
  expect(missing).toEqual([]);
});

function hasText(key: string): boolean {
  let place: unknown = english;
  for (const part of key.split('.')) place = (place as Record<string, unknown> | undefined)?.[part];
  return typeof place === 'string';
}
