import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadFaults } from '../faults/catalogue.ts';
import { atUrl } from './choose.ts';
import { measure } from './measure.ts';
import { openResults, readResults } from './records.ts';
import { header } from './results-fixture.ts';
import { summarise } from './summary.ts';
import type { Finding, Tester, TesterRun } from './tester.ts';

const faults = atUrl(await loadFaults()).filter(({ rule }) => rule === 'http/head');
const known: Finding = { operation: 'GET /v1/me', check: 'status', message: 'always' };
const noticed: Finding = { operation: 'HEAD /v1/me', check: 'etag', message: 'none' };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-measure-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A tester that gives these answers by the names of the servers, and remembers them. */
function testerOf(runs: (server: string) => Omit<TesterRun, 'seconds'>): Tester & { asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'dredd',
    version: '14.1.0',
    asked,
    async run({ name }) {
      asked.push(name);
      return { seconds: 1.25, ...runs(name) };
    },
  };
}

async function run(tester: Tester, names: string[], signal = new AbortController().signal): Promise<object[]> {
  const file = path.join(folder, 'results.ndjson');
  const results = openResults(file, header);
  const chosen = faults.filter(({ name }) => names.includes(name));
  const settings = { seed: 1, examples: 10, limitMs: 1000 };
  const rest = { withSuite: false, baselines: 2, settings, log: () => undefined };
  try {
    await measure({ faults: chosen, testers: [tester], results, signal, ...rest });
  } finally {
    results.close();
  }
  return readResults(file).slice(1);
}

const notices = (server: string) => ({ findings: server === 'http/head no-etag' ? [known, known, noticed] : [known] });
const common = { tester: 'dredd', seconds: 1.3 };
const before = [
  { ...common, kind: 'baseline', run: 1, findings: [known] },
  { ...common, kind: 'baseline', run: 2, findings: [known] },
  { ...common, kind: 'control', verdict: 'survived', findings: [] },
];

test('a fault is killed by a finding that the server without it has not', async () => {
  expect(await run(testerOf(notices), ['no-etag', 'always-found'])).toEqual([
    ...before,
    { ...common, kind: 'trial', rule: 'http/head', fault: 'no-etag', verdict: 'killed', findings: [noticed] },
    { ...common, kind: 'trial', rule: 'http/head', fault: 'always-found', verdict: 'survived', findings: [] },
  ]);
});

test('what the results hold is not done again', async () => {
  await run(testerOf(notices), ['no-etag']);
  const again = testerOf(notices);
  expect(await run(again, ['no-etag', 'always-found'])).toHaveLength(5);
  expect(again.asked).toEqual(['http/head always-found']);
});

test('a run without a result neither kills nor ends the measurement', async () => {
  const tester = testerOf((server) =>
    server === 'honest' ? { findings: [known] } : { findings: [], failure: 'it took longer than 1 s' },
  );
  expect((await run(tester, ['no-etag'])).at(-1)).toEqual({
    ...common,
    kind: 'trial',
    rule: 'http/head',
    fault: 'no-etag',
    verdict: 'no result',
    findings: [],
    reason: 'it took longer than 1 s',
  });
});

test('a run without a result is made again, and the last one counts', async () => {
  await run(
    testerOf((server) => ({ findings: [known], ...(server !== 'honest' && { failure: 'it slept' }) })),
    ['no-etag'],
  );
  await run(testerOf(notices), ['no-etag']);
  expect(summarise(readResults(path.join(folder, 'results.ndjson'))).testers).toEqual([
    { tester: 'dredd', tried: 1, killed: 1, withoutResult: 0, seconds: 1.3 },
  ]);
});

test('a tester that has no result without a fault measures nothing', async () => {
  const tester = testerOf(() => ({ findings: [], failure: 'exit 2' }));
  await expect(run(tester, ['no-etag'])).rejects.toThrow('dredd on a server without a fault: exit 2');
});

test('a measurement ends when the signal says so', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(run(testerOf(notices), ['no-etag'], signal)).rejects.toThrow('enough');
});
