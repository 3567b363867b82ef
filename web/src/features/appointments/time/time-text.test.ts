import { expect, test } from 'vitest';
import {
  clockText,
  dayText,
  exactTimeText,
  instantText,
  isAmbiguous,
  lengthText,
  nearDayText,
  rangeText,
} from './time-text.ts';

const at = (text: string) => Date.parse(text);
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('an hour that comes twice says which of the two it is', () => {
  expect(exactTimeText(at('2026-10-25T00:30:00Z'), 'Europe/Berlin', 'de')).toBe('02:30 (UTC+2)');
  expect(exactTimeText(at('2026-10-25T01:30:00Z'), 'Europe/Berlin', 'de')).toBe('02:30 (UTC+1)');
  expect(exactTimeText(at('2026-10-25T02:00:00Z'), 'Europe/Berlin', 'de')).toBe('03:00');
  expect(exactTimeText(at('2026-10-24T23:45:00Z'), 'Europe/Berlin', 'de')).toBe('01:45');
});

test('no hour comes twice in spring', () => {
  for (let hour = 0; hour < 24; hour += 1) {
    expect(isAmbiguous(at('2027-03-28T00:00:00Z') + hour * 3_600_000, 'Europe/Berlin')).toBe(false);
  }
});

test('a range over the clock change keeps both ends true', () => {
  expect(rangeText(at('2026-10-25T00:45:00Z'), at('2026-10-25T01:15:00Z'), 'Europe/Berlin', 'de')).toBe(
    '02:45 (UTC+2) – 02:15 (UTC+1)',
  );
});

test('half an hour that comes twice is told apart too', () => {
  expect(isAmbiguous(at('2027-04-03T14:45:00Z'), 'Australia/Lord_Howe')).toBe(true);
  expect(isAmbiguous(at('2027-04-03T14:15:00Z'), 'Australia/Lord_Howe')).toBe(false);
  expect(isAmbiguous(at('2027-04-03T15:29:00Z'), 'Australia/Lord_Howe')).toBe(true);
  expect(isAmbiguous(at('2027-04-03T15:30:00Z'), 'Australia/Lord_Howe')).toBe(false);
});

test('near days have names, judged in the zone', () => {
  const now = at('2026-11-26T22:30:00Z');
  expect(nearDayText('2026-11-26', now, 'UTC', 'en')).toBe('Today');
  expect(nearDayText('2026-11-27', now, 'Asia/Kolkata', 'en')).toBe('Today');
  expect(nearDayText('2026-11-27', now, 'UTC', 'de')).toBe('Morgen');
  expect(nearDayText('2026-11-25', now, 'UTC', 'de')).toBe('Gestern');
  expect(nearDayText('2026-11-28', now, 'UTC', 'en')).toBeNull();
});

test('days and instants read in the language', () => {
  expect(dayText('2026-11-27', 'long', 'en')).toBe('Friday, November 27, 2026');
  expect(dayText('2026-11-27', 'long', 'de')).toBe('Freitag, 27. November 2026');
  expect(plain(instantText(at('2026-11-26T22:30:00Z'), 'Asia/Kolkata', 'en'))).toBe('Fri, Nov 27, 4:00 AM');
});

test('lengths show the two largest units', () => {
  const spans = [0, 45_000, 240_000, 3_900_000, 3_600_000, 183_600_000, 86_400_000];
  expect(spans.map((span) => plain(lengthText(span, 'en')))).toEqual([
    '0 sec',
    '45 sec',
    '4 min',
    '1 hr 5 min',
    '1 hr',
    '2 days 3 hr',
    '1 day',
  ]);
  expect(plain(lengthText(183_600_000, 'de'))).toBe('2 Tage 3 Std.');
});

test('the clock never shows zero before its time', () => {
  expect([545_000, 1, 0, -5, 4_145_000].map(clockText)).toEqual(['9:05', '0:01', '0:00', '0:00', '1:09:05']);
});
