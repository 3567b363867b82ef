import { expect, test } from 'vitest';
import type { Header, MeasureRecord, Results, TesterName, Trial } from './records.ts';
import { header as twoBaselines } from './results-fixture.ts';
import { summarise } from './summary.ts';
import { summaryText } from './words.ts';

const header: Header = { ...twoBaselines, baselines: 1 };
const session: MeasureRecord = {
  kind: 'session',
  startedAt: '2026-03-02T09:30:00.000Z',
  commit: 'abc',
  isClean: true,
  node: 'v24.11.0',
  cores: 2,
  faults: { specimen: 400, wrapped: 50 },
};

function trial(tester: TesterName, rule: string, verdict: Trial['verdict'], seconds: number): Trial {
  return { kind: 'trial', tester, rule, fault: `${verdict}-${seconds}`, verdict, seconds, findings: [] };
}

const results: Results = [
  header,
  session,
  { kind: 'control', tester: 'dredd', verdict: 'survived', seconds: 2, findings: [] },
  trial('schemathesis', 'http/head', 'killed', 10),
  trial('schemathesis', 'calls/epoch', 'survived', 30),
  trial('schemathesis', 'http/ids', 'no result', 20),
  trial('duet', 'http/head', 'killed', 1),
  trial('duet', 'calls/epoch', 'killed', 3),
];

test('killed faults are counted by tester and area', () => {
  expect(summarise(results)).toEqual({
    testers: [
      { tester: 'duet', tried: 2, killed: 2, withoutResult: 0, seconds: 1 },
      { tester: 'schemathesis', tried: 3, killed: 1, withoutResult: 1, seconds: 20 },
    ],
    areas: [
      { area: 'calls', counts: { schemathesis: { tried: 1, killed: 0 }, duet: { tried: 1, killed: 1 } } },
      { area: 'http', counts: { schemathesis: { tried: 2, killed: 1 }, duet: { tried: 1, killed: 1 } } },
    ],
    faults: { specimen: 400, wrapped: 50 },
    falseAlarms: [],
  });
});

test('a control that did not survive is a false alarm', () => {
  const alarm: MeasureRecord = { kind: 'control', tester: 'dredd', verdict: 'killed', seconds: 2, findings: [] };
  expect(summarise([header, alarm]).falseAlarms).toEqual(['dredd']);
});

test('without results nothing is counted', () => {
  expect(summarise([header])).toEqual({
    testers: [],
    areas: [],
    faults: { specimen: 0, wrapped: 0 },
    falseAlarms: [],
  });
});

test('the summary of a terminal names what was not measured', () => {
  const text = summaryText([...results, trial('dredd', 'http/head', 'survived', 2)]);
  expect(text).toMatch(/│ calls +│ 1 of 1 +│ 0 of 1 +│ not measured │/);
  expect(text).toMatch(/│ all +│ 2 of 2 +│ 1 of 3 +│ 0 of 1 +│/);
  expect(text).toContain('400 faults show at a URL, 50 are around a backend and are not tried');
});
