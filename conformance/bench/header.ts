import { checkedOut, machine, versions } from './machine.ts';
import type { Design } from './designs.ts';
import { STUDY_FORMAT, type Header } from './study/records.ts';
import type { SubjectPlan } from './subjects.ts';

export type RunOptions = { profile: Header['profile']; seed: number; design: Design };

export async function headerOf(
  { profile, seed, design }: RunOptions,
  plans: SubjectPlan[],
  k6: string | undefined,
): Promise<Header> {
  const { scenarios, blocks, repetitions, connections, slice } = design;
  return {
    kind: 'header',
    format: STUDY_FORMAT,
    profile,
    seed,
    startedAt: new Date().toISOString(),
    ...(await checkedOut()),
    machine: machine(),
    versions: versions(k6),
    subjects: plans.map(({ name, product, role, series, node }) => ({ name, product, role, series, node })),
    scenarios,
    design: { blocks, repetitions, ...slice, connections },
  };
}

/** What of a run is not as it was when it began, in a word; undefined when one may go on. */
export function changedSince(before: Header, now: Header): string | undefined {
  if (!before.isClean || !now.isClean) return 'source, since not all of it was committed';
  const told = ['commit', 'profile', 'machine', 'versions', 'subjects', 'scenarios', 'design'] as const;
  return told.find((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
}
