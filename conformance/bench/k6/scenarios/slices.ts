import execution from 'k6/execution';
import http from 'k6/http';
import type { Instruction, Order, Sighting, World } from './order.ts';
import { judge, scenarios, type Step } from './scenarios.ts';

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
  let sightings: Sighting[] = [];
  for (;;) {
    const instruction: Instruction = ask<Instruction>('orders', { me, sightings });
    if (instruction.kind === 'end') return;
    sightings = fulfil(instruction, me);
  }
}

function fulfil({ scenario: name, servers, bursts, burstMs, beginsAt }: Order, me: number): Sighting[] {
  const scenario = scenarios[name];
  const seen = servers.map((server) => ({ ...server, people: worldOf(server.world, me), sighting: nothing() }));
  for (;;) {
    const server = seen[bursts[Math.max(0, Math.floor((Date.now() - beginsAt) / burstMs))] ?? -1];
    if (!server) return seen.map(({ sighting }) => sighting);
    const { url, people, world, sighting } = server;
    const turn = turns.get(world) ?? 0;
    turns.set(world, turn + 1);
    const isCompared = (turn + me) % COMPARED_EVERY === 0;
    note(scenario(url, people, turn, isCompared), isCompared, sighting);
  }
}

function note(step: Step, isCompared: boolean, sighting: Sighting): void {
  sighting.micros.push(Math.round(step.response.timings.duration * 1000));
  judge(step, isCompared, sighting);
  if (!step.isExpected) sighting.failures += 1;
  else if (step.isWrite) sighting.acknowledged += 1;
}

function nothing(): Sighting {
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
