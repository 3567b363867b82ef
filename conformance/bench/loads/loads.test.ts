import { expect, test } from 'vitest';
import { expectedOf } from '../fan-out/measure-fan-out.ts';
import type { Loop, Seen, World } from '../k6/scenarios/order.ts';
import { turnsBefore, virtualUsersOf } from '../k6/scenarios/stages.ts';
import { histogramOf, percentilesOf } from './histogram.ts';
import { loadNumbers } from './load-cell.ts';
import { openLoadDesk } from './load-desk.ts';

const cpu = { server: 30, database: 20, generator: 10 };
const told = { beganAt: 0, compared: 1, mismatches: 0, acknowledged: [], complaint: null, cpu };
const open: Loop = {
  kind: 'open',
  virtualUsers: 2,
  stages: [
    { ratePerSecond: 2, seconds: 2 },
    { ratePerSecond: 4, seconds: 1 },
  ],
};

test('histograms give their percentiles back to three digits, together as if they were one', () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index + 1) * 1000);
  expect(percentilesOf([histogramOf(values)])).toEqual({ p50: 500.223, p90: 900.095, p99: 990.207, max: 1000.447 });
  const halves = [values.filter((_, index) => index % 2 === 0), values.filter((_, index) => index % 2 === 1)];
  expect(percentilesOf(halves.map(histogramOf))).toEqual(percentilesOf([histogramOf(values)]));
  expect(percentilesOf([histogramOf([])])).toBeNull();
});

test('a load is timed from when its requests should have left, and from when they did', () => {
  const numbers = loadNumbers(open, {
    ...told,
    started: 8,
    samples: Array.from({ length: 8 }, (_, index) => [index * 300, index === 7 ? 100 : 0, 2_000, 0]),
  });
  expect(numbers).toMatchObject({ durationMs: 3000, sent: 8, dropped: 0, failures: 0, cpu });
  expect(percentilesOf([numbers.fromSending])?.max).toBeCloseTo(2, 1);
  expect(percentilesOf([numbers.fromIntendedStart])?.max).toBeCloseTo(102, 0);
  expect(numbers.startLag.max).toBe(100);
});

test('requests that did not leave are dropped, and those that were not answered have failed', () => {
  const numbers = loadNumbers(open, { ...told, started: 6, samples: [[0, 0, 1_000, 1]] });
  expect(numbers).toMatchObject({ sent: 6, dropped: 2, failures: 6 });
  expect(
    loadNumbers({ kind: 'closed', connections: 4, seconds: 1 }, { ...told, started: 6, samples: [] }).dropped,
  ).toBe(0);
});

test('stages have virtual users of their own while they overlap', () => {
  const stages = (...seconds: number[]) => seconds.map((each) => ({ ratePerSecond: 1, seconds: each }));
  const all = (...seconds: number[]) => virtualUsersOf({ kind: 'open', virtualUsers: 64, stages: stages(...seconds) });
  expect(all(10)).toBe(64);
  expect(all(10, 5, 15)).toBe(128);
  // The first one's last requests may still be on their way when the third begins.
  expect(all(1, 1, 2)).toBe(192);
});

test('no turn is taken twice, whatever the stages', () => {
  const stages = [
    { ratePerSecond: 24, seconds: 1 },
    { ratePerSecond: 71, seconds: 1 },
  ];
  expect([0, 1, 2].map((place) => turnsBefore(stages, place, 4))).toEqual([0, 7, 26]);
});

test('every stream of both people is to be told of each message', () => {
  const worlds = [{}, {}] as World[];
  expect(expectedOf([3, 0], worlds, 4)).toBe(6);
  // Of ten streams the first two accounts have three each, the others two.
  expect(expectedOf([1, 1], worlds, 10)).toBe(10);
  expect(expectedOf([5, 7], worlds, 1)).toBe(5);
});

test('the desk tells when all have learned, and when the first tells', async () => {
  const desk = await openLoadDesk([], 2);
  const order: string[] = [];
  void desk.isReady.then(() => order.push('ready'));
  void desk.isOver.then(() => order.push('over'));
  try {
    expect(await (await fetch(`${desk.url}/worlds`)).json()).toEqual([]);
    const post = (what: string, body = '') => fetch(`${desk.url}/${what}`, { method: 'POST', body });
    await post('learned');
    expect(order).toEqual([]);
    await post('learned');
    expect(order).toEqual(['ready']);
    const seen: Seen = {
      beganAt: 0,
      started: 1,
      samples: [[0, 0, 5, 0]],
      compared: 0,
      mismatches: 0,
      acknowledged: [],
      complaint: null,
    };
    const telling = post('seen', JSON.stringify(seen)).then(({ status }) => order.push(String(status)));
    await desk.isOver;
    desk.letGo();
    await telling;
    expect(order).toEqual(['ready', 'over', '204']);
    expect(desk.seen).toEqual([seen]);
  } finally {
    desk.close();
  }
});
