import { expect, test } from 'vitest';
import { anAppointment } from './appointment.sample.ts';
import { scheduleOf } from './day-schedule.ts';

const at = (text: string) => Date.parse(text);
const now = at('2026-11-20T12:00:00Z');
const shown = (date: string, zone: string, isWhole = false, appointments = [anAppointment()]) =>
  scheduleOf(appointments, { date, zone, isWhole, now });

test('the usual hours are shown, and those of early and late appointments', () => {
  const late = anAppointment({ startsAt: '2026-11-27T19:30:00.000Z', endsAt: '2026-11-27T20:15:00.000Z' });
  expect(shown('2026-11-27', 'UTC').hours).toHaveLength(10);
  const schedule = shown('2026-11-27', 'UTC', false, [late]);
  expect([schedule.start, schedule.end]).toEqual([at('2026-11-27T08:00:00Z'), at('2026-11-27T21:00:00Z')]);
});

test('an appointment has its place by real time', () => {
  const [placed] = shown('2026-11-27', 'UTC').placed;
  expect(placed).toMatchObject({ top: 20, height: 5, isBeside: false });
});

test('a day on which the clock is changed has its own number of hours', () => {
  expect(shown('2026-10-25', 'Europe/Berlin', true, []).hours).toHaveLength(25);
  expect(shown('2027-03-28', 'Europe/Berlin', true, []).hours).toHaveLength(23);
});

test('a cancelled one steps aside for what took its time', () => {
  const cancelled = anAppointment({ id: 'cancelled', status: 'cancelled' });
  const places = shown('2026-11-27', 'UTC', false, [anAppointment(), cancelled]).placed;
  expect(places.map((place) => place.isBeside)).toEqual([false, true]);
});

test('one that runs past midnight is cut at the end of the day', () => {
  const night = anAppointment({ startsAt: '2026-11-27T23:30:00.000Z', endsAt: '2026-11-28T00:30:00.000Z' });
  const [placed] = shown('2026-11-27', 'UTC', true, [night]).placed;
  expect((placed?.top ?? 0) + (placed?.height ?? 0)).toBeCloseTo(100);
  const [next] = shown('2026-11-28', 'UTC', true, [night]).placed;
  expect(next).toMatchObject({ top: 0 });
  expect(next?.height).toBeCloseTo(100 / 48);
});
