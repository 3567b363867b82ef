import { expect, test } from 'vitest';
import type { Proof } from '../../faults/prove.ts';
import { proofsInWords } from './proofs-in-words.ts';

const slow = { rule: 'http/pages', name: 'slow', describe: 'a page comes late' } as const;
const lost = { rule: 'messages/order', name: 'lost', describe: 'a message is lost' } as const;
const killed = (fault: Proof['fault'], ms = 2_000): Proof => ({ fault, verdict: 'killed', reason: 'red', ms });
const survived = (fault: Proof['fault']): Proof => ({ fault, verdict: 'survived', reason: 'pass', ms: 4_000 });

test('gives each fault a line, and the kill rate', () => {
  const text = proofsInWords([killed(slow), survived(lost)]);
  expect(text).toMatch(/http\/pages +│ slow +│ ✓ killed +│ 2\.0/);
  expect(text).toMatch(/messages\/order +│ lost +│ ✗ survived +│ 4\.0/);
  expect(text.split('\n').slice(-3)).toEqual([
    '✗ survived: messages/order lost (a message is lost): pass',
    '1 of 2 faults killed (50.0 %), in 2 rules',
    '',
  ]);
});

test('counts a fault as killed when it was each time', () => {
  const text = proofsInWords([killed(slow), killed(lost), killed(slow, 4_000), survived(lost)]);
  expect(text).toMatch(/slow +│ ✓ killed 2 of 2 +│ 3\.0/);
  expect(text).toMatch(/lost +│ ✗ survived 1 of 2 +│ 3\.0/);
  expect(text).toContain('1 of 2 faults killed (50.0 %), each time of 2, in 2 rules\n');
});
