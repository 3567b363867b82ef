import { rules } from '@duet/contract/rules';
import type { Level, Profile } from './records.ts';

/** What the reports need of a rule's page. */
export type CatalogueRule = {
  readonly level: Level;
  readonly area: string;
  readonly title: string;
  readonly sentence: string;
  readonly operations: readonly string[];
  readonly problems: readonly string[];
  readonly profile: Profile;
  readonly alsoNeeds: readonly Profile[];
};
export type Catalogue = Readonly<Record<string, CatalogueRule>>;

/** The contract's own catalogue, as this version has it. */
export const contractCatalogue: Catalogue = rules;

const AREAS = [
  'http',
  'accounts',
  'sessions',
  'doctors',
  'appointments',
  'calls',
  'messages',
  'events',
  'webhooks',
  'operations',
];

/** Areas in the contract's order; those it does not know come last, by name. */
export function compareAreas(left: string, right: string): number {
  return place(left) - place(right) || (left < right ? -1 : Number(left > right));
}

function place(area: string): number {
  const index = AREAS.indexOf(area);
  return index < 0 ? AREAS.length : index;
}
