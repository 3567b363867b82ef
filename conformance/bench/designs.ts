import type { Amount } from './slices/measure.ts';
import type { Steadiness } from './slices/warm-up.ts';
import type { ScenarioName } from './study/records.ts';

/** How much is measured. */
export type Design = {
  scenarios: ScenarioName[];
  /** Rounds with processes and databases of their own. */
  blocks: number;
  /** Slices a subject and scenario in each block. */
  repetitions: number;
  slice: Amount;
  warm: { amount: Amount; steadiness: Steadiness };
};

const connections = 8;
const warm = {
  amount: { durationMs: 500, connections },
  steadiness: { window: 2, tolerance: 0.03, atMost: 10 },
};

/** Thirty slices of a second on three process starts, of a read and of a write: under six minutes. */
export const quick: Design = {
  scenarios: ['point-read', 'booking'],
  blocks: 3,
  repetitions: 10,
  slice: { durationMs: 1000, connections },
  warm,
};

/** Every scenario on ten process starts: hours. */
export const full: Design = {
  scenarios: ['point-read', 'list', 'booking', 'message', 'login', 'mixed-day'],
  blocks: 10,
  repetitions: 6,
  slice: { durationMs: 2000, connections },
  warm: { ...warm, steadiness: { ...warm.steadiness, atMost: 20 } },
};
