import { expect, test } from 'vitest';
import { formatLocale } from './format-locale.ts';

test('a variant of the language shown decides how times are written', () => {
  expect(formatLocale('en', ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(formatLocale('de', ['de-AT', 'en-GB'])).toBe('de-AT');
  expect(formatLocale('en', ['fr-FR'])).toBe('en');
});
