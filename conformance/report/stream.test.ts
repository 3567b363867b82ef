import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { openStream, parseStream, readStream, serialise } from './stream.ts';

const whole = conformantRecords().map(serialise);

describe('a result stream on disk', () => {
  let folder = '';
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'duet-stream-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is read back as it was written, hostile text included', () => {
    const file = join(folder, 'deep/er/results.ndjson');
    const stream = openStream(file);
    for (const record of fixtureRecords()) stream.write(record);
    stream.close();
    expect(readStream(file)).toEqual(fixtureRecords());
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(fixtureRecords().length + 1);
  });

  test('counts its records itself', () => {
    const file = join(folder, 'results.ndjson');
    const stream = openStream(file);
    for (const record of conformantRecords()) stream.write(record.type === 'end' ? { ...record, records: 0 } : record);
    stream.close();
    expect(readStream(file).at(-1)).toMatchObject({ type: 'end', records: 183 });
  });

  test('of a killed run is told from a whole one', () => {
    const file = join(folder, 'results.ndjson');
    const stream = openStream(file);
    for (const record of conformantRecords().slice(0, -1)) stream.write(record);
    expect(() => readStream(file)).toThrow(`${file} has no footer: the run did not finish. Run it again.`);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
    expect(() => readStream(file)).toThrow(`${file} is cut off in line 182: the run did not finish.`);
    stream.close();
  });

  test('that is missing is said with the way out', () => {
    expect(() => readStream(join(folder, 'none.ndjson'))).toThrow(
      /none\.ndjson cannot be read: .* Run duet with --out/u,
    );
  });
});

describe('a stream is refused', () => {
  const refused = (text: string) => () => parseStream(text, 'results.ndjson');

  test('when its schema is another', () => {
    const text = whole.join('').replace('"schema":1', '"schema":2');
    expect(refused(text)).toThrow(
      'results.ndjson has schema 2, this version of duet reads schema 1: read it with the version that wrote it.',
    );
    expect(refused(text.replace('"schema":2,', ''))).toThrow('results.ndjson has schema none');
  });

  test('when it is empty, headless, or no stream at all', () => {
    expect(refused('')).toThrow('results.ndjson is empty: the run ended before it began.');
    expect(refused(whole.slice(1).join(''))).toThrow('results.ndjson does not begin with a run record');
    expect(refused('hello\n')).toThrow('results.ndjson, line 1: not JSON; this is no result stream.');
    expect(refused('[1]\n')).toThrow('results.ndjson, line 1: not an object; this is no result stream.');
  });

  test('when lines were lost, added or changed', () => {
    expect(refused(whole.toSpliced(5, 1).join(''))).toThrow(
      'results.ndjson has 182 records and its footer counts 183: lines were lost or added.',
    );
    expect(refused([...whole, whole[1]].join(''))).toThrow('results.ndjson goes on after its footer, in line 184.');
    expect(refused(whole.toSpliced(2, 1, '{"type":"rule","target":"a","rule":"b"}\n').join(''))).toThrow(
      'results.ndjson, line 3: the rule record lacks level, outcome, ms, tests, measurements.',
    );
    expect(refused(whole.toSpliced(2, 1, '{"type":"toString"}\n').join(''))).toThrow(
      'results.ndjson, line 3: a record of unknown type "toString".',
    );
  });
});
