import { expect, test } from 'vitest';
import { badgeOf } from './badge.ts';
import { conformantRecords } from './fixtures/run.ts';
import type { VerdictRecord } from './records.ts';

const good = conformantRecords().find((record) => record.type === 'verdict');

function badge(...changes: Partial<VerdictRecord>[]) {
  const { message, color } = badgeOf(changes.flatMap((change) => (good ? [{ ...good, ...change }] : [])));
  return `${color}: ${message}`;
}

test('is what shields.io reads', () => {
  expect(good && badgeOf([good])).toEqual({
    schemaVersion: 1,
    label: 'duet contract',
    message: 'conformant: core, clock, launcher',
    color: 'brightgreen',
  });
});

test('shows the worst verdict', () => {
  const broken = { verdict: 'not conformant' as const, failed: 2 };
  expect(badge({}, broken)).toBe('red: 2 rules broken');
  expect(badge({ ...broken, failed: 1 }, { ...broken, failed: 7 })).toBe('red: 7 rules broken');
  expect(badge(broken, { verdict: 'could not judge' })).toBe('lightgrey: could not judge');
});

test('shows what is known in a colour of its own', () => {
  const known = { verdict: 'not conformant' as const, known: 2, flaky: 1 };
  expect(badge(known)).toBe('yellow: 2 known failures, 1 flaky');
  expect(badge({ ...known, failed: 3 })).toBe('red: 3 rules broken');
});

test('without a target could not judge', () => {
  expect(badge()).toBe('lightgrey: could not judge');
});
