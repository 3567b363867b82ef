import { rules, type RuleId } from '@duet/contract/rules';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { range, runnerLog, type LogChange } from '../../bench/runners/runner-fixture.ts';
import { readBundle } from '../../bench/study/bundle.ts';
import { analyse } from '../../bench/study/analyse.ts';
import { renderStudyConsole } from '../../bench/study/console.ts';
import { writeStudy } from '../../bench/study/write-study.ts';
import { conformantRecords } from '../../report/fixtures/run.ts';
import type { ResultRecord } from '../../report/stream.ts';
import { merge } from './merge.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-merge-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const silent = (): void => undefined;
const judged = judgedBy(Object.keys(rules) as RuleId[]);

/** A conformant run of those rules. */
function judgedBy(ids: RuleId[], change: { contractVersion?: string; target?: string } = {}): ResultRecord[] {
  const { contractVersion = '1.0.0', target = 'backend-a' } = change;
  return conformantRecords(target).map((record) => {
    if (record.type !== 'run') return record;
    const told = ids.map((id) => ({ id, level: rules[id].level, profile: rules[id].profile }));
    return { ...record, contractVersion, rules: told };
  });
}

function logs(change: LogChange = {}, micros = range(1001, 2000)): [string, string] {
  const [one, other] = [path.join(folder, 'load-1.log'), path.join(folder, 'load-2.log')];
  writeFileSync(one, runnerLog('0:1/2', range(1, 1000)));
  writeFileSync(other, runnerLog('1/2:1', micros, change));
  return [one, other];
}

function shown(files: [string, string], verdicts: ResultRecord[] | null = judged) {
  const file = path.join(folder, 'bench/load.ndjson');
  const complaints: string[] = [];
  const isValid = merge(files, verdicts, file, (line) => complaints.push(line));
  const text = renderStudyConsole(analyse(readBundle(file)), { isColoured: false }).replaceAll('\u00a0', ' ');
  return { isValid, text, file, complaints };
}

describe('duet merge', () => {
  test('tells the numbers of all runners together', () => {
    expect(shown(logs())).toMatchObject({
      isValid: true,
      text: `
  backend-a  2 runners, together for 10.0 s, 200 requests a second, 2,000 requests sent
  p50 1.00 ms  p90 1.80 ms  p99 1.98 ms  max 2.00 ms

On a mixed day, 200 requests a second on backend-a: p99 1.98 ms
`,
    });
  });

  test('tells no number of a load that is invalid on one runner', () => {
    expect(shown(logs({ seen: { mismatches: 1, complaint: 'status is "cancelled", not "scheduled"' } }))).toMatchObject(
      {
        isValid: false,
        complaints: [`${path.join(folder, 'load-2.log')}: status is "cancelled", not "scheduled"`],
        text: `
  backend-a  2 runners, together for 10.0 s, 200 requests a second, 2,000 requests sent
  invalid: 1 answers differed

On a mixed day, 200 requests a second on backend-a: invalid, 1 answers differed
`,
      },
    );
  });

  test('tells no number of a server that was not judged', () => {
    expect(shown(logs(), null)).toMatchObject({
      isValid: true,
      text: `
not judged: give what duet conform said of it by --judged

backend-a is not judged: give what duet conform said of it by --judged
`,
    });
  });

  test('makes a file of which the study is made as of any other', () => {
    const { file } = shown(logs());
    writeStudy(file, folder);
    const page = readFileSync(path.join(folder, 'study.html'), 'utf8');
    const markdown = readFileSync(path.join(folder, 'study.md'), 'utf8').replaceAll('\u00a0', ' ');
    expect(page).toContain('<td>2</td><td>200</td><td>1.00\u00a0ms</td><td>1.80\u00a0ms</td><td>1.98\u00a0ms</td>');
    expect(page).not.toMatch(/floor’s knee|it belongs to the full profile|Not compared/u);
    expect(markdown).toContain('| mixed day | backend-a | 2 | 200 | 1.00 ms | 1.80 ms | 1.98 ms | 2.00 ms |');
    expect(markdown).toContain('2 runners sent 200 requests a second, all of them together for 10.0 s');
    expect(markdown).toContain('- Machine: several, which are not known');
    for (const text of [page, markdown]) expect(text).toContain('npx duet merge report/load/*.log');
  });

  test('warns of scripts that were not committed', () => {
    const order = { commit: '0123456789abcdef0123456789abcdef01234567-dirty' };
    const [one, other] = logs({ order });
    writeFileSync(one, runnerLog('0:1/2', range(1, 1000), { order }));
    expect(shown([one, other]).text).toContain('changes that were not committed');
  });
});

describe('duet merge refuses', () => {
  test('logs of different loads, and writes nothing', () => {
    const file = path.join(folder, 'nothing.ndjson');
    const [one, other] = logs({ order: { seed: 8 } });
    expect(() => merge([one, other], judged, file, silent)).toThrow(
      `${one} and ${other} differ in their seed (7; 8): merge the logs of one TestRun`,
    );
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test('a server that is no backend of ours', () => {
    const server = { service: 'mine', framework: '', orm: '', runtime: '', contractVersion: '1.0.0' };
    const one = path.join(folder, 'mine.log');
    writeFileSync(one, runnerLog('0:1', [1], { order: { server } }));
    expect(() => merge([one], judged, path.join(folder, 'x'), silent)).toThrow(
      'mine cannot be measured: a study knows floor, backend-a, backend-b alone; give the logs of a load on one of them',
    );
  });

  test.each([
    [judgedBy(['http/ids']), /^the suite was run without \S+: judge by all rules, without --rule$/],
    [
      judgedBy(Object.keys(rules) as RuleId[], { contractVersion: '2.0.0' }),
      /^the suite was of contract 2\.0\.0, the server keeps 1\.0\.0: run both of one commit$/,
    ],
    [
      judgedBy(Object.keys(rules) as RuleId[], { target: 'staging' }),
      /^the suite judged no backend-a: name it so by --target backend-a=URL$/,
    ],
  ])('a verdict that is not on it %#', (verdicts, words) => {
    expect(() => merge(logs(), verdicts, path.join(folder, 'x'), silent)).toThrow(words);
  });
});
