import { describe, expect, test } from 'vitest';
import { addDays, dateOf, dayHours, dayStart, isDate, offsetMinutes, wallClock } from './zoned-day.ts';

const iso = (instant: number) => new Date(instant).toISOString();

describe('days of a zone', () => {
  test.each([
    ['2026-11-27', 'UTC', '2026-11-27T00:00:00.000Z', 24],
    ['2027-03-28', 'Europe/Berlin', '2027-03-27T23:00:00.000Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
    ['2027-03-14', 'America/New_York', '2027-03-14T05:00:00.000Z', 23],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
    ['2026-11-27', 'Asia/Kolkata', '2026-11-26T18:30:00.000Z', 24],
    ['2026-11-27', 'Asia/Kathmandu', '2026-11-26T18:15:00.000Z', 24],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z', 23.5],
    ['2027-04-04', 'Australia/Lord_Howe', '2027-04-03T13:00:00.000Z', 24.5],
    ['2026-11-27', 'Pacific/Kiritimati', '2026-11-26T10:00:00.000Z', 24],
    ['2026-11-27', 'Pacific/Pago_Pago', '2026-11-27T11:00:00.000Z', 24],
  ])('%s in %s begins at %s and has %d hours', (date, zone, start, hours) => {
    expect(iso(dayStart(date, zone))).toBe(start);
    expect(dayHours(date, zone)).toBe(hours);
  });

  test('a day whose midnight is skipped begins with its first minute', () => {
    const start = dayStart('2026-04-24', 'Africa/Cairo');
    expect(wallClock(start, 'Africa/Cairo')).toEqual({ date: '2026-04-24', hour: 1, minute: 0 });
    expect(dateOf(start - 1, 'Africa/Cairo')).toBe('2026-04-23');
  });

  test('a day whose midnight comes twice begins with the first', () => {
    const start = dayStart('2026-11-01', 'America/Havana');
    expect(dateOf(start - 1, 'America/Havana')).toBe('2026-10-31');
    expect(dayHours('2026-11-01', 'America/Havana')).toBe(25);
  });

  test('every day of a year borders on the next in zones that change the clock', () => {
    for (const zone of ['Europe/Berlin', 'America/Nuuk', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Santiago']) {
      for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1)) {
        const start = dayStart(date, zone);
        expect([zone, dateOf(start, zone), dateOf(start - 1, zone)]).toEqual([zone, date, addDays(date, -1)]);
      }
    }
  });
});

test('offsets follow the clock change', () => {
  expect(offsetMinutes(Date.parse('2026-10-25T00:59:59Z'), 'Europe/Berlin')).toBe(120);
  expect(offsetMinutes(Date.parse('2026-10-25T01:00:00Z'), 'Europe/Berlin')).toBe(60);
  expect(offsetMinutes(Date.parse('2026-11-27T00:00:00.999Z'), 'America/St_Johns')).toBe(-210);
});

test('only dates that exist are dates', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-3', 'today', '2028-02-29'].map(isDate)).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});
