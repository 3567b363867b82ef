import { expect, test } from 'vitest';
import { currentName, effectiveZone, offsetText, zoneChoices, zoneName } from './zone-name.ts';

const summer = Date.parse('2026-07-01T12:00:00Z');
const winter = Date.parse('2026-12-01T12:00:00Z');

test('offsets read as people write them', () => {
  expect([0, 60, 330, 345, -180, -210, 840].map(offsetText)).toEqual([
    'UTC',
    'UTC+1',
    'UTC+5:30',
    'UTC+5:45',
    'UTC−3',
    'UTC−3:30',
    'UTC+14',
  ]);
});

test('a zone has its summer and winter name, in the language asked for', () => {
  expect(zoneName('Europe/Berlin', winter, 'en')).toEqual({
    place: 'Berlin',
    name: 'Central European Standard Time',
    offset: 'UTC+1',
  });
  expect(zoneName('Europe/Berlin', summer, 'de')).toMatchObject({
    name: 'Mitteleuropäische Sommerzeit',
    offset: 'UTC+2',
  });
  expect(zoneName('America/Argentina/Buenos_Aires', winter, 'en').place).toBe('Buenos Aires');
});

test('the device decides until a zone was chosen', () => {
  expect(effectiveZone('UTC', 'Asia/Kolkata', false)).toBe('Asia/Kolkata');
  expect(effectiveZone('UTC', 'Asia/Kolkata', true)).toBe('UTC');
  expect(effectiveZone('Europe/Berlin', 'Asia/Kolkata', false)).toBe('Europe/Berlin');
});

test('the choices begin with the likely ones and name each zone once', () => {
  const choices = zoneChoices(['Asia/Kolkata', 'Europe/Berlin'], winter, 'en');
  const zones = choices.map((choice) => choice.zone);
  expect(zones.slice(0, 3)).toEqual(['Asia/Kolkata', 'Europe/Berlin', 'UTC']);
  expect(choices[1]?.name).toBe('Central European Standard Time (UTC+1)');
  expect(new Set(zones).size).toBe(zones.length);
});

test('zones go by the names of today', () => {
  const zones = zoneChoices([], winter, 'en').map((choice) => choice.zone);
  expect(zones).toEqual(expect.arrayContaining(['Asia/Kathmandu', 'Asia/Kolkata', 'Europe/Kyiv', 'America/Nuuk']));
  expect(zones.filter((zone) => currentName(zone) !== zone)).toEqual([]);
});
