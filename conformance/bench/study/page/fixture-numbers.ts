import type { ScenarioName } from '../records.ts';
import type { Interval } from '../study.ts';

export const SCENARIOS: ScenarioName[] = ['point-read', 'list', 'booking', 'message', 'login', 'mixed-day'];

/** The invented multiples of the floor, by subject, in the order of the scenarios. */
export const MULTIPLES: Record<string, number[]> = {
  floor: [1, 1, 1, 1, 1, 1],
  'backend-a': [1.2, 1.1, 1.3, 1.2, 1.005, 1.25],
  'backend-a orm': [6, 2.5, 8, 4, 1.1, 5],
  'backend-a node20': [1.8, 1.5, 2, 1.9, 1.005, 1.75],
  'backend-b': [1.5, 1.1, 1.2, 1.23, 1.01, 1.5],
  'backend-b orm': [5, 2, 9, 5, 1.2, 4.5],
  'backend-b node20': [1.8, 1.2, 1.5, 1.6, 1.01, 1.8],
};

export function fixtureMultiple(subject: string, scenario: ScenarioName): number {
  return MULTIPLES[subject]?.[SCENARIOS.indexOf(scenario)] ?? 1;
}

export function fixtureInterval(estimate: number, width: number): Interval {
  return { estimate, low: estimate * (1 - width), high: estimate * (1 + width) };
}
