import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openResults, readResults, type Trial } from './records.ts';
import { header } from './results-fixture.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'duet-testers-'));
  file = path.join(folder, 'inner/results.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const trial = (fault: string): Trial => ({
  kind: 'trial',
  tester: 'dredd',
  rule: 'http/head',
  fault,
  verdict: 'survived',
  seconds: 1.5,
  findings: [],
});
const footer = { kind: 'footer', finishedAt: '2026-03-02T09:30:00.000Z', records: 0 } as const;

function keep(...records: Parameters<ReturnType<typeof openResults>['keep']>[0][]): void {
  const results = openResults(file, header);
  for (const record of records) results.keep(record);
  results.close();
}

test('results begin with the header and are there line by line', () => {
  keep(trial('no-etag'));
  expect(readFileSync(file, 'utf8')).toBe(
    `${JSON.stringify(header)}\n{"kind":"trial","tester":"dredd","rule":"http/head","fault":"no-etag","verdict":"survived","seconds":1.5,"findings":[]}\n`,
  );
});

test('the footer counts all records, itself among them', () => {
  keep(trial('no-etag'), footer);
  expect(readResults(file).at(-1)).toEqual({ ...footer, records: 3 });
});

test('what was kept is known again, and more goes behind it', () => {
  keep(trial('no-etag'), footer);
  const results = openResults(file, header);
  expect(results.kept).toEqual([header, trial('no-etag')]);
  results.keep(trial('always-found'));
  results.keep(footer);
  results.close();
  expect(readResults(file)).toEqual([header, trial('no-etag'), trial('always-found'), { ...footer, records: 4 }]);
});

test('a line that was cut off is taken away', () => {
  keep(trial('no-etag'));
  appendFileSync(file, '{"kind":"trial","tes');
  expect(readResults(file)).toEqual([header, trial('no-etag')]);
  keep(trial('always-found'));
  expect(readResults(file)).toEqual([header, trial('no-etag'), trial('always-found')]);
});

test('results of other settings are not mixed', () => {
  keep(trial('no-etag'));
  expect(() => openResults(file, { ...header, examples: 20 })).toThrow(/was measured otherwise .*"examples":10/);
});

test.each([
  ['{"kind":"trial"}\n', /does not begin with a header/],
  ['{"kind":"header","schema":9}\n', /has the schema 9, this command reads 1/],
  ['nonsense\n', /line 1: not JSON/],
  [
    `${JSON.stringify(header)}\n{"kind":"footer","finishedAt":"2026-03-02T09:30:00.000Z","records":7}\n`,
    /has 2 records, its footer counts 7/,
  ],
])('%j is refused', (text, message) => {
  keep();
  writeFileSync(file, text);
  expect(() => readResults(file)).toThrow(message);
});

test('a file that is not there is refused', () => {
  expect(() => readResults(file)).toThrow(/cannot be read/);
});
