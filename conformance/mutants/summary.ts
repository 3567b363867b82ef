import Table from 'cli-table3';
import { accepted } from './accepted.ts';
import { type Mutant, onOneLine } from './mutant.ts';
import type { TrialRecord } from './trials.ts';

export type Tried = { mutant: Mutant; trial: TrialRecord };

/** How many of the mutants that started were killed; the accepted ones are not counted. */
export type Tally = { killed: number; survived: number; accepted: number; stillborn: number };

const LEAST_RATE = 0.95;

export function tallyOf(id: 'a' | 'b', tried: readonly Tried[]): Tally {
  const tally: Tally = { killed: 0, survived: 0, accepted: 0, stillborn: 0 };
  for (const one of tried) tally[isAccepted(id, one) ? 'accepted' : one.trial.outcome] += 1;
  return tally;
}

export function rateOf({ killed, survived }: Tally): number {
  return killed / Math.max(1, killed + survived);
}

/** At least 95 % are killed, and each that survives has its reason. */
export function isEnough(tally: Tally): boolean {
  return rateOf(tally) >= LEAST_RATE;
}

function isAccepted(id: 'a' | 'b', { mutant, trial }: Tried): boolean {
  return trial.outcome === 'survived' && accepted[id][mutant.id] !== undefined;
}

/** Reasons for mutants that there are not, or that are killed after all. */
export function staleAcceptances(id: 'a' | 'b', mutants: readonly Mutant[], tried: readonly Tried[]): string[] {
  const known = new Set(mutants.map((mutant) => mutant.id));
  const killed = new Set(tried.filter(({ trial }) => trial.outcome !== 'survived').map(({ mutant }) => mutant.id));
  return Object.keys(accepted[id]).flatMap((name) => {
    if (!known.has(name)) return [`${name}: is accepted, and no mutant: take it out of mutants/accepted.ts`];
    return killed.has(name) ? [`${name}: is accepted, and killed: take it out of mutants/accepted.ts`] : [];
  });
}

/** A line for each file, the survivors with their change, and the rate. */
export function summaryOf(id: 'a' | 'b', tried: readonly Tried[]): string {
  const table = new Table({
    head: ['file', 'killed', 'survived', 'accepted', 'stillborn', 'rate'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [file, own] of Map.groupBy(tried, ({ mutant }) => mutant.file)) table.push([file, ...cells(id, own)]);
  table.push([`backend-${id}`, ...cells(id, tried)]);
  const living = tried.filter((one) => one.trial.outcome === 'survived' && !isAccepted(id, one));
  const told = living.map(
    ({ mutant }) =>
      `\n✗ ${mutant.id}\n  backend-${id}/${mutant.file}:${mutant.line}\n  - ${onOneLine(mutant.before)}\n  + ${onOneLine(mutant.after)}\n`,
  );
  return `${table.toString()}\n${told.join('')}`;
}

function cells(id: 'a' | 'b', tried: readonly Tried[]): string[] {
  const tally = tallyOf(id, tried);
  const { killed, survived, accepted: known, stillborn } = tally;
  return [...[killed, survived, known, stillborn].map(String), `${(rateOf(tally) * 100).toFixed(1)} %`];
}
