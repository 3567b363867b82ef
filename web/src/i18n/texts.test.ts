import { expect, test } from 'vitest';
import { english } from './english.ts';
import { german } from './german.ts';
import type { AreaTexts } from './merge-texts.ts';

const all = { en: flatten(english), de: flatten(german) };

test('both languages have the same texts', () => {
  expect(Object.keys(all.de).toSorted()).toEqual(Object.keys(all.en).toSorted());
});

test('both languages name the same values in each text', () => {
  const differing = Object.keys(all.en).filter(
    (key) => placeholders(all.en[key]).join() !== placeholders(all.de[key]).join(),
  );
  expect(differing).toEqual([]);
});

test('no text is empty', () => {
  const empty = Object.entries({ ...all.en, ...all.de }).filter(([, text]) => text.trim() === '');
  expect(empty).toEqual([]);
});

function flatten(texts: AreaTexts, before = ''): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value]] : Object.entries(flatten(value, `${before}${key}.`)),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The names in braces, each once: a plural form may name one that the other leaves out. */
function placeholders(text = ''): string[] {
  return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? ''))].toSorted();
}
