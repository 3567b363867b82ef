import { expect, test } from 'vitest';
import { histogramOf } from '../loads/histogram.ts';
import { capacityOf, curvesOf, frozenOf } from './loads.ts';
import type { Load } from './records.ts';

const lag = { p50: 0, p90: 0, p99: 0, max: 0 };

function load(change: Partial<Load>): Load {
  return {
    kind: 'load',
    purpose: 'curve',
    scenario: 'point-read',
    block: 1,
    subject: 'floor',
    loop: { kind: 'open', ratePerSecond: 100, share: 0.5 },
    frozen: null,
    durationMs: 10_000,
    sent: 1000,
    dropped: 0,
    failures: 0,
    compared: 10,
    mismatches: 0,
    cpu: { server: 500, database: 100, generator: 200 },
    startLag: lag,
    fromIntendedStart: histogramOf([1000, 2000, 3000]),
    fromSending: histogramOf([1000]),
    ...change,
  };
}

test('a curve is made of all blocks, from the intended start', () => {
  const slower = load({
    block: 2,
    loop: { kind: 'open', ratePerSecond: 120, share: 0.5 },
    fromIntendedStart: histogramOf([9000]),
  });
  const [point] = curvesOf([load({}), slower]);
  expect(point).toMatchObject({ scenario: 'point-read', subject: 'floor', share: 0.5, ratePerSecond: 110 });
  expect(point?.cell).toMatchObject({ p50: expect.closeTo(2, 1), max: expect.closeTo(9, 1) });
});

test('one dropped request, failure or difference makes the cell invalid, never a number', () => {
  const cells = [{ dropped: 3 }, { failures: 2 }, { mismatches: 1 }, { sent: 0 }].map(
    (change) => curvesOf([load({}), load({ block: 2, ...change })])[0]?.cell,
  );
  const reasons = ['3 requests dropped', '2 requests failed', '1 answers differed', 'no request was sent'];
  expect(cells).toEqual(reasons.map((invalid) => ({ invalid })));
});

test('capacity stands by connections, over blocks', () => {
  const closed = (block: number, connections: number, sent: number): Load =>
    load({ purpose: 'capacity', block, sent, loop: { kind: 'closed', connections }, durationMs: 5000 });
  const points = capacityOf([closed(1, 4, 1000), closed(2, 4, 4000), closed(1, 16, 2500)], 1);
  expect(points.map(({ connections }) => connections)).toEqual([4, 16]);
  expect(points[0]?.cell).toMatchObject({ requestsPerSecond: { estimate: expect.closeTo(400, 6) } });
  expect(points[1]?.cell).toMatchObject({ serverCpuMs: { estimate: expect.closeTo(0.2, 6) } });
});

test('the same pauses stand beside each other by both loops', () => {
  const frozen = { ms: 200, everyMs: 10_000 };
  const open = load({ purpose: 'frozen server', frozen, fromIntendedStart: histogramOf([1000, 199_000]) });
  const loop = { kind: 'closed', connections: 1 } as const;
  const closed = load({ purpose: 'frozen server', frozen, loop, fromIntendedStart: histogramOf([1000, 1000]) });
  const [one] = frozenOf([open, closed]);
  expect(one).toMatchObject({ subject: 'floor', frozenMs: 200 });
  expect(one?.open).toMatchObject({ p99: expect.closeTo(199, 0) });
  expect(one?.closed).toMatchObject({ p99: expect.closeTo(1, 1) });
});
