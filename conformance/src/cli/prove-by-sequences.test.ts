import { expect, test } from 'vitest';
import { isBehaviour } from '../../model/detection.ts';
import { loadFaults } from '../../faults/catalogue.ts';
import { detectionsInWords } from './prove-by-sequences.ts';

test('names what was missed, misjudged or long, and the rate of each area', () => {
  const seen = { sequences: 3, steps: 2, ms: 5 };
  const text = detectionsInWords([
    { ...seen, rule: 'messages/order', fault: 'newest-first', outcome: 'found' },
    { ...seen, rule: 'messages/order', fault: 'long', outcome: 'found', steps: 9 },
    { ...seen, rule: 'messages/send', fault: 'lost', outcome: 'missed', steps: null },
    { ...seen, rule: 'calls/epoch', fault: 'stays', outcome: 'misjudged' },
  ]);
  expect(text).toMatch(/messages │ +3 │ +2 │ +66\.7 % │ +3 │ +9 │ +9/);
  expect(text).toMatch(/all +│ +4 │ +2 │ +50\.0 %/);
  expect(text.split('\n').filter((line) => line.startsWith('✗'))).toEqual([
    '✗ in 9 steps: messages/order long',
    '✗ missed: messages/send lost',
    '✗ misjudged: calls/epoch stays',
  ]);
});

test('leaves out what no command of people shows', async () => {
  const faults = (await loadFaults()).filter(isBehaviour);
  const areas = new Set(faults.map(({ rule }) => rule.split('/')[0]));
  expect([...areas].sort()).toEqual(['accounts', 'appointments', 'calls', 'doctors', 'events', 'messages', 'sessions']);
  expect(faults.length).toBeGreaterThan(300);
});
