import type { LoadDesign } from './loads/load-design.ts';
import type { Amount } from './slices/measure.ts';
import type { Steadiness } from './slices/warm-up.ts';
import type { Header, ScenarioName } from './study/records.ts';

/** How much is measured. */
export type Design = {
  scenarios: ScenarioName[];
  /** Rounds with processes and databases of their own. */
  blocks: number;
  /** Slices a scenario in each block. */
  repetitions: number;
  connections: number;
  slice: Amount;
  warm: { amount: Amount; steadiness: Steadiness };
  /** Whether both backends are measured on an older Node too. */
  onOlderNode: boolean;
  /** What is measured of each server alone; null: nothing. */
  loads: LoadDesign | null;
};

const everyScenario: ScenarioName[] = ['point-read', 'list', 'booking', 'message', 'login', 'mixed-day'];
const burstMs = 25;
const connections = 4;

/** Whether all of it works, in half a minute; its numbers are too few to say anything. */
export const short: Design = {
  scenarios: everyScenario,
  blocks: 1,
  repetitions: 2,
  connections,
  slice: { rounds: 8, burstMs },
  warm: { amount: { rounds: 4, burstMs }, steadiness: { window: 1, tolerance: 1, atMost: 2 } },
  onOlderNode: true,
  loads: {
    blocks: 1,
    scenarios: ['booking'],
    connections: [4],
    shares: [0.25],
    virtualUsers: 64,
    seconds: { warm: 1, closed: 1, open: 2 },
    frozen: { scenario: 'booking', share: 0.25, ms: 100, everyMs: 1_000, seconds: 3 },
    fanOut: { streams: [40], ratePerSecond: 4, seconds: 2 },
    spike: { scenario: 'booking', shares: { calm: 0.1, high: 0.3 }, seconds: { before: 1, high: 1, after: 2 } },
    soak: { scenario: 'booking', share: 0.1, seconds: 4 },
  },
};

/** Slices of two seconds on three process starts, of a read and of a write: under six minutes. */
export const quick: Design = {
  scenarios: ['point-read', 'booking'],
  blocks: 3,
  repetitions: 12,
  connections,
  slice: { rounds: 20, burstMs },
  warm: { amount: { rounds: 20, burstMs }, steadiness: { window: 3, tolerance: 0.03, atMost: 11 } },
  onOlderNode: false,
  loads: null,
};

/** Every scenario on ten process starts: hours. */
export const full: Design = {
  ...quick,
  scenarios: everyScenario,
  blocks: 10,
  warm: { ...quick.warm, steadiness: { ...quick.warm.steadiness, atMost: 30 } },
  onOlderNode: true,
  loads: {
    blocks: 2,
    scenarios: ['point-read', 'list', 'booking', 'mixed-day'],
    connections: [1, 4, 16, 64],
    shares: [0.25, 0.5, 0.75, 0.9],
    virtualUsers: 256,
    seconds: { warm: 5, closed: 5, open: 8 },
    frozen: { scenario: 'point-read', share: 0.25, ms: 200, everyMs: 10_000, seconds: 40 },
    fanOut: { streams: [100, 500, 2_000], ratePerSecond: 4, seconds: 15 },
    spike: { scenario: 'mixed-day', shares: { calm: 0.1, high: 0.8 }, seconds: { before: 10, high: 5, after: 15 } },
    soak: { scenario: 'mixed-day', share: 0.25, seconds: 300 },
  },
};

export const designs = { short, quick, full } satisfies Record<Exclude<Header['profile'], 'load'>, Design>;
