import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conformantRecords, fixtureRecords } from '../../report/fixtures/run.ts';
import { serialise, type ResultRecord } from '../../report/stream.ts';
import { diffResults } from './diff-results.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'duet-diff-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, records: ResultRecord[]): string {
  const place = path.join(folder, name);
  writeFileSync(place, records.map(serialise).join(''));
  return place;
}

test('exits 1 on a regression alone', () => {
  const [good, bad] = [file('good.ndjson', conformantRecords('backend-b')), file('bad.ndjson', fixtureRecords())];
  expect([diffResults(good, bad), diffResults(bad, good), diffResults(good, good)]).toEqual([1, 0, 0]);
});

test('refuses a file that was cut short', () => {
  const whole = file('whole.ndjson', conformantRecords());
  const cut = file('cut.ndjson', conformantRecords().slice(0, -1));
  expect(() => diffResults(whole, cut)).toThrow(`${cut} has no footer: the run did not finish. Run it again.`);
});

test('refuses runs without a common target', () => {
  const others = fixtureRecords().map((record): ResultRecord => {
    if (record.type !== 'run') return record;
    return { ...record, targets: record.targets.map((target) => ({ ...target, name: `other-${target.name}` })) };
  });
  expect(() => diffResults(file('one.ndjson', fixtureRecords()), file('other.ndjson', others))).toThrow(
    'no target is in both runs (backend-a, backend-b; other-backend-a, other-backend-b): name them alike',
  );
});
