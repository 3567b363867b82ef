import { readFileSync } from 'node:fs';
import { rules } from '@duet/contract/rules';
import { expect, test } from 'vitest';
import { contractPlaces, placesIn } from './places.ts';

const root = new URL('../../', import.meta.url);
const places = contractPlaces();

function lineAt({ file, line }: { file: string; line: number }): string | undefined {
  return readFileSync(new URL(file, root), 'utf8').split('\n')[line - 1];
}

test('every rule stands at its sentence', () => {
  for (const [id, { sentence }] of Object.entries(rules)) expect(lineAt(places.rule(id)), id).toBe(sentence);
});

test('every operation that a rule names stands at its operationId', () => {
  const names = new Set(Object.values(rules).flatMap(({ operations }) => operations));
  expect(names.size).toBeGreaterThan(20);
  for (const name of names) {
    const place = places.operation(name);
    expect(place && lineAt(place)?.trim(), name).toBe(`operationId: ${name}`);
  }
});

test('what is not there is its first line, and an unknown operation nowhere', () => {
  expect(placesIn('/nowhere').rule('http/pages')).toEqual({ file: 'contract/rules/http/pages.md', line: 1 });
  expect(placesIn('/nowhere').operation('login')).toEqual({ file: 'contract/paths/sessions.yaml', line: 1 });
  expect(places.operation('dance')).toBeNull();
});
