import type { ScenarioName } from '../study/records.ts';

/** What is measured of each server while it is the only one under load. */
export type LoadDesign = {
  /** With processes and databases of their own. */
  blocks: number;
  scenarios: ScenarioName[];
  /** Of the closed loops, one after the other; the floor's best throughput among them is its knee. */
  connections: number[];
  /** Of the floor's knee: the rates of the open loops. */
  shares: number[];
  /** How many requests can be on their way at once in an open loop; one more is dropped. */
  virtualUsers: number;
  seconds: { warm: number; closed: number; open: number };
  /** Messages written at a rate while so many event streams are open. */
  fanOut: { streams: number[]; ratePerSecond: number; seconds: number };
  frozen: { scenario: ScenarioName; share: number; ms: number; everyMs: number; seconds: number };
  /** A calm rate, a high one, and the calm one again, as shares of the knee. */
  spike: {
    scenario: ScenarioName;
    shares: { calm: number; high: number };
    seconds: Record<'before' | 'high' | 'after', number>;
  };
  soak: { scenario: ScenarioName; share: number; seconds: number };
};
