import type { Design } from '../designs.ts';
import { quick } from '../designs.ts';
import type { Subject } from '../study/records.ts';
import type { Comparison } from '../study/study.ts';
import type { SubjectPlan } from '../subjects.ts';

/** A trial of the measurement itself: the same quick run again and again, of which the answer is known. */
export type Trial = {
  name: string;
  /** What it shows, and the share of runs that must show it. */
  demands: { sentence: string; of: number; isMet(comparisons: Called[]): boolean }[];
  design: Design;
  /** @param microseconds what a point read costs the product, for trials that make one slower by a share of it */
  subjects(microseconds: number): SubjectPlan[];
};

export type Called = Pick<Comparison, 'verdict'>;

const floor = { product: 'floor', series: null, node: process.version } as const;
const backend = { product: 'backend-a', role: 'measured', series: 'statements', node: process.version } as const;
const first: SubjectPlan = { ...floor, name: 'floor', role: 'floor' };
const last: SubjectPlan = { ...floor, name: 'floor again', role: 'control' };
export const BASE = 'backend-a';

const isCalled = ({ verdict }: Called): boolean => verdict === 'faster' || verdict === 'slower';

export const trials: Trial[] = [
  {
    name: 'a-a',
    demands: [
      {
        sentence: 'the same backend twice is called neither faster nor slower',
        of: 19,
        isMet: (comparisons) => !comparisons.some(isCalled),
      },
      {
        sentence: 'the same backend twice is called equivalent',
        of: 15,
        isMet: (comparisons) => comparisons.every(({ verdict }) => verdict === 'equivalent'),
      },
    ],
    design: quick,
    subjects: () => [first, { ...backend, name: BASE }, { ...backend, name: `${BASE} again` }, last],
  },
  slowedBy(0.05, {
    sentence: 'a handler that is busy for 5 % longer is called slower',
    of: 18,
    isMet: (comparisons) => comparisons.every(({ verdict }) => verdict === 'slower'),
  }),
  slowedBy(0.2, {
    sentence: 'a handler that is busy for 20 % longer is never left inconclusive',
    of: 20,
    isMet: (comparisons) => comparisons.every(({ verdict }) => verdict !== 'inconclusive'),
  }),
];

function slowedBy(share: number, demand: Trial['demands'][number]): Trial {
  const name = `power-${share * 100}`;
  return {
    name,
    demands: [demand],
    design: { ...quick, scenarios: ['point-read'] },
    subjects: (microseconds) => [
      first,
      { ...backend, name: BASE },
      { ...backend, ...busyFor(share * microseconds), name: `${BASE} + ${share * 100} %` },
      last,
    ],
  };
}

function busyFor(microseconds: number): Pick<SubjectPlan, 'env' | 'nodeOptions'> {
  return {
    env: { BUSY_WAIT_MICROSECONDS: microseconds.toFixed(1) },
    nodeOptions: ['--import', new URL('busy-wait.ts', import.meta.url).href],
  };
}

/** Of the comparisons of a run those between the backend and itself: CPU is the gate. */
export function ofItself(comparisons: Comparison[], subjects: Subject[]): Comparison[] {
  const twins = new Set(subjects.filter(({ product }) => product === BASE).map(({ name }) => name));
  return comparisons.filter(
    ({ metric, subject, base }) => metric === 'server-cpu' && twins.has(subject) && twins.has(base),
  );
}
