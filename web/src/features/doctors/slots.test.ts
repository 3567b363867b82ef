import { describe, expect, test } from 'vitest';
import { timeText } from '../appointments/time/time-text.ts';
import { earliestStart, fittingLength, freeMinutesFrom, slotsByPart, slotsOfDay, type Agenda } from './slots.ts';
import { clipSpans, mergeSpans, spanOf } from './spans.ts';

const at = (text: string) => Date.parse(text);
const span = (from: string, to: string) => spanOf({ startsAt: from, endsAt: to });
const agenda = (now: string, busy: Agenda['busy'] = [], mine: Agenda['mine'] = []): Agenda => ({
  now: at(now),
  busy,
  mine,
});
const shown = (date: string, zone: string, free: Agenda, step = 30) =>
  slotsOfDay(date, zone, free, step).map((slot) => `${timeText(slot.startsAt, zone, 'de')} ${slot.state}`);

describe('slots of a day', () => {
  test('the hour that spring skips is not offered', () => {
    const times = shown('2027-03-28', 'Europe/Berlin', agenda('2027-03-01T00:00:00Z'));
    expect(times).toHaveLength(46);
    expect(times.slice(2, 6)).toEqual(['01:00 free', '01:30 free', '03:00 free', '03:30 free']);
  });

  test('the hour that autumn repeats is offered twice', () => {
    const times = shown('2026-10-25', 'Europe/Berlin', agenda('2026-10-01T00:00:00Z'));
    expect(times).toHaveLength(50);
    expect(times.filter((time) => time.startsWith('02:'))).toHaveLength(4);
  });

  test('what is busy in the second of the two hours leaves the first free', () => {
    const busy = [span('2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z')];
    const night = shown('2026-10-25', 'Europe/Berlin', agenda('2026-10-01T00:00:00Z', busy), 60).slice(1, 5);
    expect(night).toEqual(['01:00 free', '02:00 free', '02:00 busy', '03:00 free']);
  });

  test('zones with half an hour put busy times where their clock shows them', () => {
    const busy = [span('2026-11-27T04:00:00Z', '2026-11-27T04:30:00Z')];
    const times = shown('2026-11-27', 'Asia/Kolkata', agenda('2026-11-01T00:00:00Z', busy));
    expect(times).toHaveLength(48);
    expect(times.filter((time) => time.endsWith('busy'))).toEqual(['09:30 busy']);
  });

  test('half an hour set back adds one step to the day', () => {
    expect(shown('2027-04-04', 'Australia/Lord_Howe', agenda('2027-04-01T00:00:00Z'))).toHaveLength(49);
    expect(shown('2026-10-04', 'Australia/Lord_Howe', agenda('2026-10-01T00:00:00Z'))).toHaveLength(47);
  });

  test('nothing is offered in the past or beyond a year', () => {
    expect(shown('2026-11-26', 'UTC', agenda('2026-11-26T23:00:00Z'))).toEqual(['23:00 free', '23:30 free']);
    expect(shown('2026-11-25', 'UTC', agenda('2026-11-26T23:00:00Z'))).toEqual([]);
    expect(shown('2027-11-26', 'UTC', agenda('2026-11-26T00:30:00Z'))).toEqual(['00:00 free', '00:30 free']);
  });

  test("one's own appointments are told from the doctor's", () => {
    const own = [span('2026-11-27T10:00:00Z', '2026-11-27T10:30:00Z')];
    const busy = [span('2026-11-27T10:30:00Z', '2026-11-27T11:00:00Z')];
    const times = shown('2026-11-27', 'UTC', agenda('2026-11-27T09:30:00Z', busy, own));
    expect(times.slice(0, 4)).toEqual(['09:30 free', '10:00 mine', '10:30 busy', '11:00 free']);
  });
});

test('free time ends where the next appointment begins, in steps of five minutes', () => {
  const busy = [span('2026-11-27T10:22:00Z', '2026-11-27T10:40:00Z')];
  const free = agenda('2026-11-27T00:00:00Z', busy);
  expect(freeMinutesFrom(at('2026-11-27T10:00:00Z'), free)).toBe(20);
  expect(freeMinutesFrom(at('2026-11-27T10:20:00Z'), free)).toBe(0);
  expect(freeMinutesFrom(at('2026-11-27T10:30:00Z'), free)).toBe(0);
  expect(freeMinutesFrom(at('2026-11-27T10:40:00Z'), free)).toBe(120);
});

test('the earliest start has time enough and is not over before it is sent', () => {
  const until = at('2026-11-28T00:00:00Z');
  const busy = [span('2026-11-27T10:15:00Z', '2026-11-27T10:30:00Z')];
  const start = (now: string, minutes: number) =>
    new Date(earliestStart(agenda(now, busy), minutes, until) ?? 0).toISOString().slice(11, 16);
  expect(start('2026-11-27T10:01:00Z', 10)).toBe('10:05');
  expect(start('2026-11-27T10:01:00Z', 30)).toBe('10:30');
  expect(start('2026-11-27T10:04:50Z', 5)).toBe('10:10');
  expect(earliestStart(agenda('2026-11-27T23:58:00Z'), 5, until)).toBeNull();
});

test('slots are grouped by the part of the day, in its zone', () => {
  const slots = slotsOfDay('2026-11-27', 'Asia/Kolkata', agenda('2026-11-27T09:00:00Z'), 60);
  expect(slotsByPart(slots, 'Asia/Kolkata').map((group) => [group.part, group.slots.length])).toEqual([
    ['afternoon', 3],
    ['evening', 6],
  ]);
});

test('a length that does not fit becomes the longest that does', () => {
  expect([fittingLength(30, 120), fittingLength(30, 25), fittingLength(60, 5)]).toEqual([30, 20, 5]);
});

test('spans that touch are shown as one, clipped to the day', () => {
  const day = { start: 0, end: 100 };
  const spans = [
    { start: 50, end: 60 },
    { start: -10, end: 20 },
    { start: 60, end: 70 },
    { start: 100, end: 120 },
  ];
  expect(clipSpans(mergeSpans(spans), day)).toEqual([
    { start: 0, end: 20 },
    { start: 50, end: 70 },
  ]);
});
