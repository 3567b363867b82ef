import { describe, expect, test } from 'vitest';
import { readInstant, writeInstant } from './instants.ts';

describe('an instant', () => {
  test('is written as toISOString writes it', () => {
    const seldom = [0, -1, 1, 253_402_300_799_999, -62_135_596_800_000, 951_782_399_999, 951_782_400_000];
    const many = Array.from({ length: 5_000 }, (_, index) => (index * 7_919_993_337) % 4_102_444_800_000);
    for (const ms of [...seldom, ...many]) expect(writeInstant(ms)).toBe(new Date(ms).toISOString());
  });

  test.each([
    ['2027-03-01T10:00:00.1239+02:00', '2027-03-01T08:00:00.123Z'],
    ['2028-02-29T23:59:59-23:59', '2028-03-01T23:58:59.000Z'],
    ['0001-01-01T00:00:00.5Z', '0001-01-01T00:00:00.500Z'],
  ])('%s is read with its offset', (text, utc) => {
    expect(new Date(readInstant(text)).toISOString()).toBe(utc);
  });

  test.each(['2027-02-29T00:00:00Z', '2027-04-31T00:00:00Z', '2027-01-01T24:00:00Z', '2027-01-01T00:00:60Z', '2027-01-01T00:00:00', '2027-01-01t00:00:00z', '2027-01-01T00:00:00.Z', '2027-00-10T00:00:00Z'])('%s is none', (text) => {
    expect(readInstant(text)).toBeNaN();
  }); // prettier-ignore
});
