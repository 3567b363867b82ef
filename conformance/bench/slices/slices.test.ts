import { expect, test } from 'vitest';
import { seededRandom } from '../../src/seeded-random.ts';
import type { Instruction, Order, Sighting } from '../k6/scenarios/order.ts';
import { openDesk } from './desk.ts';
import { shuffled } from './interleaving.ts';
import { warmUp } from './warm-up.ts';

const order: Order = {
  kind: 'load',
  scenario: 'list',
  servers: [{ url: 'http://127.0.0.1:1', world: 'one' }],
  bursts: [0],
  burstMs: 5,
  beginsAt: 0,
};

function saw(failures: number): Sighting {
  return { micros: [], failures, compared: 0, mismatches: 0, acknowledged: 0, complaint: null };
}

test('every order of four subjects comes up about as often', () => {
  const random = seededRandom(1);
  const drawn = Array.from({ length: 2400 }, () => shuffled('abcd'.split(''), random).join(''));
  const counts = [...Map.groupBy(drawn, (one) => one).values()].map((ones) => ones.length);
  expect(counts).toHaveLength(24);
  expect(Math.min(...counts)).toBeGreaterThan(60);
  expect(Math.max(...counts)).toBeLessThan(150);
});

test('the same seed draws the same orders', () => {
  const [one, other] = [seededRandom(5), seededRandom(5)];
  expect(shuffled([1, 2, 3, 4, 5], one)).toEqual(shuffled([1, 2, 3, 4, 5], other));
});

test('warming up ends when the cost is steady, and gives up in the end', async () => {
  const falling = [9, 5, 3, 2.02, 2, 2, 2.01, 2];
  const steadiness = { window: 2, tolerance: 0.03, atMost: 20 };
  expect(await warmUp(async () => [1, falling.shift() ?? 2], steadiness)).toEqual({ slices: 7, isSteady: true });
  let cost = 1;
  const rising = async (): Promise<number[]> => [(cost *= 2), 1];
  expect(await warmUp(rising, { ...steadiness, atMost: 7 })).toEqual({ slices: 7, isSteady: false });
});

test('virtual users begin together and are heard of by number', async () => {
  const desk = await openDesk(2);
  const ask = async (me: number, sightings: Sighting[]): Promise<Instruction> => {
    const response = await fetch(`${desk.url}/orders`, { method: 'POST', body: JSON.stringify({ me, sightings }) });
    return (await response.json()) as Instruction;
  };
  const begun = [ask(2, []), ask(1, [])];
  await desk.ready;
  const fulfilled = desk.fulfil(order);
  const [told, other] = await Promise.all(begun);
  expect(told).toEqual({ ...order, beginsAt: expect.any(Number) });
  expect(other).toEqual(told);
  const next = [ask(2, [saw(22)]), ask(1, [saw(11)])];
  expect((await fulfilled).map(([one]) => one?.failures)).toEqual([11, 22]);
  desk.close();
  expect(await Promise.all(next)).toEqual([{ kind: 'end' }, { kind: 'end' }]);
});

test('a world that the desk does not know is answered with 404', async () => {
  const desk = await openDesk(1);
  const response = await fetch(`${desk.url}/worlds`, { method: 'POST', body: JSON.stringify({ me: 1, name: 'none' }) });
  expect(response.status).toBe(404);
  desk.close();
});
