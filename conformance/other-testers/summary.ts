import { ofKind, type Results, type TesterName, type Trial } from './records.ts';

export type Count = { tried: number; killed: number };
export type TesterSummary = Count & {
  tester: TesterName;
  /** Came to no result: neither killed nor known to survive, counted as tried. */
  withoutResult: number;
  /** The median over the tried faults. */
  seconds: number;
};
export type Summary = {
  testers: TesterSummary[];
  areas: { area: string; counts: Partial<Record<TesterName, Count>> }[];
  /** Of the last session: all that could be tried, and those around a backend that are not. */
  faults: { specimen: number; wrapped: number };
  /** Controls that did not survive: how far a kill can be trusted. */
  falseAlarms: TesterName[];
};

const ORDER: TesterName[] = ['duet', 'schemathesis', 'dredd'];

/** What the results say; a tester that was not tried is not in it. */
export function summarise([, ...records]: Results): Summary {
  const trials = lastOf(ofKind(records, 'trial'));
  const byTester = Object.groupBy(trials, ({ tester }) => tester);
  const testers = ORDER.flatMap((tester) => {
    const own = byTester[tester] ?? [];
    return own.length === 0 ? [] : [{ tester, ...countOf(own), ...detailsOf(own) }];
  });
  const byArea = Object.entries(Object.groupBy(trials, ({ rule }) => rule.split('/')[0] ?? ''));
  const areas = byArea
    .map(([area, own = []]) => ({ area, counts: countsOf(own) }))
    .sort((left, right) => left.area.localeCompare(right.area));
  return {
    testers,
    areas,
    faults: ofKind(records, 'session').at(-1)?.faults ?? { specimen: 0, wrapped: 0 },
    falseAlarms: ofKind(records, 'control')
      .filter(({ verdict }) => verdict !== 'survived')
      .map(({ tester }) => tester),
  };
}

/** One trial of each tester and fault: a run without a result may have been made again. */
function lastOf(trials: Trial[]): Trial[] {
  return [...new Map(trials.map((trial) => [`${trial.tester} ${trial.rule} ${trial.fault}`, trial])).values()];
}

function countsOf(trials: Trial[]): Partial<Record<TesterName, Count>> {
  const groups = Object.entries(Object.groupBy(trials, ({ tester }) => tester));
  return Object.fromEntries(groups.map(([tester, own]) => [tester, countOf(own)]));
}

function countOf(trials: Trial[]): Count {
  return { tried: trials.length, killed: trials.filter(({ verdict }) => verdict === 'killed').length };
}

function detailsOf(trials: Trial[]): Pick<TesterSummary, 'withoutResult' | 'seconds'> {
  const seconds = trials.map((trial) => trial.seconds).sort((left, right) => left - right);
  return {
    withoutResult: trials.filter(({ verdict }) => verdict === 'no result').length,
    seconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? 0,
  };
}
