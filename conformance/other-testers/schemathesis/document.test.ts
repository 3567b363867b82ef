import { expect, test } from 'vitest';
import { contractDocument } from '../../src/driver/contract.ts';
import { documentFor, inPython } from './document.ts';

test.each([
  ['^[a-z]+$', '^[a-z]+$'],
  ['^[^\\u0000\\p{Cs}]*$', '^[^\\u0000]*$'],
  ['^(?=[^]*\\P{White_Space})[^\\u0000\\p{Cs}]*$', '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$'],
  ['^[^@\\p{White_Space}\\u0000\\p{Cs}]+@', '^[^@\\s\\u0000]+@'],
])('the pattern %s is %s to Python', (pattern, said) => {
  expect(inPython(pattern)).toBe(said);
});

test('a pattern that has no words there is told', () => {
  expect(() => inPython('^\\p{L}$')).toThrow("say the pattern ^\\p{L}$ in Python's words as well");
});

test('all of the contract is said, and nothing but patterns changes', () => {
  const said = JSON.parse(documentFor(contractDocument)) as { components: { schemas: Record<string, object> } };
  expect(JSON.stringify(said)).not.toMatch(/\\\\[pP]\{/);
  expect(said.components.schemas['AnyText']).toEqual({
    type: 'string',
    description: expect.any(String),
    pattern: '^[^\\u0000]*$',
    examples: ['Grüße 👋🏽'],
  });
});
