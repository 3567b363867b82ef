import Table from 'cli-table3';
import type { Proof, Verdict } from '../../faults/prove.ts';
import { count } from '../../report/text.ts';

const MARKS: Record<Verdict, string> = {
  killed: '✓ killed',
  survived: '✗ survived',
  spilled: '✗ spilled',
  unproven: '✗ unproven',
};

export const isKilled = ({ verdict }: Proof): boolean => verdict === 'killed';

/**
 * A table with a line a fault, what is wrong with those that were not killed each time they were tried, and the kill rate;
 * line end included.
 */
export function proofsInWords(proofs: readonly Proof[]): string {
  const table = new Table({
    head: ['rule', 'fault', 'result', 'seconds'],
    style: { head: [], border: [], compact: true },
  });
  const faults = [...Map.groupBy(proofs, ({ fault }) => fault)];
  for (const [fault, tries] of faults) {
    const seconds = tries.reduce((sum, { ms }) => sum + ms, 0) / tries.length / 1000;
    table.push([fault.rule, fault.name, resultOf(tries), seconds.toFixed(1)]);
  }
  const living = proofs.filter((proof) => !isKilled(proof));
  const reasons = living.map(
    ({ fault, verdict, reason }) => `${MARKS[verdict]}: ${fault.rule} ${fault.name} (${fault.describe}): ${reason}\n`,
  );
  const killed = faults.filter(([, tries]) => tries.every(isKilled)).length;
  const rules = new Set(faults.map(([{ rule }]) => rule)).size;
  const rate = ((killed / faults.length) * 100).toFixed(1);
  const times = proofs.length > faults.length ? `, each time of ${proofs.length / faults.length}` : '';
  return `${table.toString()}\n${reasons.join('')}${killed} of ${count(faults.length, 'fault')} killed (${rate} %)${times}, in ${count(rules, 'rule')}\n`;
}

function resultOf(tries: readonly Proof[]): string {
  const { verdict } = tries.find((proof) => !isKilled(proof)) ?? { verdict: 'killed' };
  const often = tries.filter((proof) => proof.verdict === verdict).length;
  return tries.length === 1 ? MARKS[verdict] : `${MARKS[verdict]} ${often} of ${tries.length}`;
}
