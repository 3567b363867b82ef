import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conformantRecords } from '../../report/fixtures/run.ts';
import { openStream } from '../../report/stream.ts';
import { nameStudy, writeReports } from './reports.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-reports-'));
  const stream = openStream(path.join(folder, 'results.ndjson'));
  for (const record of conformantRecords()) stream.write(record);
  stream.close();
  return folder;
}

const pageIn = (folder: string): string => readFileSync(path.join(folder, 'index.html'), 'utf8');

test('a report names the study that lies beside it, whichever came first', () => {
  const before = newFolder();
  writeFileSync(path.join(before, 'study.html'), '');
  writeReports(conformantRecords(), before);
  expect(pageIn(before)).toContain('href="study.html"');

  const after = newFolder();
  writeReports(conformantRecords(), after);
  expect(pageIn(after)).not.toContain('href="study.html"');
  writeFileSync(path.join(after, 'study.html'), '');
  nameStudy(after);
  expect(pageIn(after)).toContain('href="study.html"');
});

test('a study beside no report, or one of a run that was cut off, changes nothing', () => {
  const folder = newFolder();
  nameStudy(folder);
  expect(existsSync(path.join(folder, 'index.html'))).toBe(false);
  writeFileSync(path.join(folder, 'index.html'), 'as it was');
  writeFileSync(path.join(folder, 'results.ndjson'), '{"type":"run"');
  nameStudy(folder);
  expect(pageIn(folder)).toBe('as it was');
});
