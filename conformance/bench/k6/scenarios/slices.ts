import execution from 'k6/execution';
import http from 'k6/http';
import type { Instruction, Order, Sighting, World } from './order.ts';
import { scenarios } from './scenarios.ts';

/**
 * Virtual users that ask the desk for one order after the other: slices on several servers, in an order that the desk
 * draws, by one process that is warm. The desk tells them to begin together and hears of them once all are done.
 */
const desk = __ENV['DESK'] ?? '';

export const options = {
  scenarios: {
    slices: {
      executor: 'per-vu-iterations',
      vus: Number(__ENV['CONNECTIONS'] ?? 1),
      iterations: 1,
      maxDuration: '24h',
      gracefulStop: '0s',
    },
  },
  systemTags: [],
  discardResponseBodies: true,
};

const COMPARED_EVERY = 100;
const worlds = new Map<string, World>();
const turns = new Map<string, number>();

export default function slices(): void {
  const me = execution.vu.idInInstance;
  let sighting: Sighting | null = null;
  for (;;) {
    const instruction: Instruction = ask<Instruction>('orders', { me, sighting });
    if (instruction.kind === 'end') return;
    sighting = me > instruction.connections ? seen() : fulfil(instruction, me);
  }
}

function fulfil(order: Order, me: number): Sighting {
  const world = worldOf(order.world, me);
  const scenario = scenarios[order.scenario];
  const sighting = seen();
  let turn = turns.get(order.world) ?? 0;
  const until = Date.now() + order.durationMs;
  do {
    const isCompared = (turn + me) % COMPARED_EVERY === 0;
    const step = scenario(order.url, world, turn, isCompared);
    turn += 1;
    sighting.micros.push(Math.round(step.response.timings.duration * 1000));
    if (!step.isExpected) {
      sighting.failures += 1;
      sighting.complaint ??= `status ${step.response.status} ${step.response.error}`;
      continue;
    }
    if (step.isWrite) sighting.acknowledged += 1;
    if (!isCompared) continue;
    sighting.compared += 1;
    const difference = step.difference();
    if (difference === null) continue;
    sighting.mismatches += 1;
    sighting.complaint ??= difference;
  } while (Date.now() < until);
  turns.set(order.world, turn);
  return sighting;
}

function seen(): Sighting {
  return { micros: [], failures: 0, compared: 0, mismatches: 0, acknowledged: 0, complaint: null };
}

function worldOf(name: string, me: number): World {
  const known = worlds.get(name);
  if (known) return known;
  const world = ask<World>('worlds', { me, name });
  worlds.set(name, world);
  return world;
}

function ask<Answer>(what: string, body: object): Answer {
  const response = http.post(`${desk}/${what}`, JSON.stringify(body), { responseType: 'text', timeout: '24h' });
  if (response.status !== 200) throw new Error(`the desk answers ${what} with ${response.status} ${response.error}`);
  return response.json() as Answer;
}
