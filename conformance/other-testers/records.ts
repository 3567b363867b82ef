import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { StreamError } from '../report/stream.ts';
import { wordsOf } from '../src/stack/errors.ts';
import type { Finding } from './tester.ts';

export const MEASURE_SCHEMA = 1;

/** `duet` is the suite itself, on the same faults. */
export type TesterName = 'duet' | 'schemathesis' | 'dredd';

/** What results must share to stand in one file. */
export type Header = {
  kind: 'header';
  schema: typeof MEASURE_SCHEMA;
  contractVersion: string;
  versions: Record<Exclude<TesterName, 'duet'>, string>;
  seed: number;
  examples: number;
  /** In seconds. */
  limit: number;
  /** How often each tester was run on the server without a fault. */
  baselines: number;
};

/** One start of the measurement, which may go on with the results of another. */
export type Session = {
  kind: 'session';
  startedAt: string;
  commit: string;
  /** Whether the folder was that commit and nothing else. */
  isClean: boolean;
  node: string;
  cores: number;
  /** All faults of the catalogue: those of the specimen are tried, those around a backend are not. */
  faults: { specimen: number; wrapped: number };
};

/** A run on the server without a fault: what is found there, finds no fault. */
export type Baseline = {
  kind: 'baseline';
  tester: TesterName;
  run: number;
  seconds: number;
  findings: Finding[];
  failure?: string;
};

/** A run on a server with one fault; the findings are those that no baseline has. */
export type Trial = {
  kind: 'trial';
  tester: TesterName;
  rule: string;
  fault: string;
  verdict: 'killed' | 'survived' | 'no result';
  seconds: number;
  findings: Finding[];
  reason?: string;
};

/** A further run on the server without a fault, judged as if it had one: it must survive. */
export type Control = Omit<Trial, 'kind' | 'rule' | 'fault'> & { kind: 'control' };

export type Footer = { kind: 'footer'; finishedAt: string; records: number };
export type MeasureRecord = Header | Session | Baseline | Control | Trial | Footer;
export type Results = [Header, ...MeasureRecord[]];

export type ResultsWriter = { kept: Results; keep(record: MeasureRecord): void; close(): void };

/**
 * Opens a file of results to add to it: a new one begins with the header; of one that is there the footer and a line
 * that was cut off are taken away. Each record is on the disk when `keep` returns; the footer's count is made here.
 * @throws StreamError, one line, when the file is damaged, or its header says other versions or settings
 */
export function openResults(file: string, header: Header): ResultsWriter {
  mkdirSync(path.dirname(file), { recursive: true });
  const before = existsSync(file) ? whole(readFileSync(file, 'utf8')) : '';
  const records = before === '' ? [] : parseLines(before, file).filter(({ kind }) => kind !== 'footer');
  const [first = header, ...rest] = records;
  checkHeader(first, file);
  if (JSON.stringify(first) !== JSON.stringify(header))
    throw new StreamError(`${file} was measured otherwise (${JSON.stringify(first)}): give another file with --out`);
  const kept: Results = [first, ...rest];
  writeFileSync(file, kept.map(lineOf).join(''));
  const descriptor = openSync(file, 'a');
  return {
    kept,
    keep(record) {
      kept.push(record);
      writeSync(descriptor, lineOf(record.kind === 'footer' ? { ...record, records: kept.length } : record));
    },
    close: () => closeSync(descriptor),
  };
}

/**
 * Reads results; a file without a footer is of a measurement that did not end, and is read too.
 * @throws StreamError, one line that names the file and what is wrong with it
 */
export function readResults(file: string): Results {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StreamError(`${file} cannot be read: ${wordsOf(cause)}`, { cause });
  }
  const [header, ...records] = parseLines(whole(text), file);
  checkHeader(header, file);
  const footer = records.at(-1);
  if (footer?.kind === 'footer' && footer.records !== records.length + 1)
    throw new StreamError(`${file} has ${records.length + 1} records, its footer counts ${footer.records}`);
  return [header, ...records];
}

function checkHeader(record: MeasureRecord | undefined, file: string): asserts record is Header {
  if (record?.kind !== 'header')
    throw new StreamError(`${file} does not begin with a header: it holds no such results`);
  if (record.schema !== MEASURE_SCHEMA)
    throw new StreamError(`${file} has the schema ${record.schema}, this command reads ${MEASURE_SCHEMA}`);
}

/** Without the line that was being written when the measurement was killed. */
function whole(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function lineOf(record: MeasureRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function parseLines(text: string, file: string): MeasureRecord[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as MeasureRecord;
    } catch (cause) {
      throw new StreamError(`${file}, line ${index + 1}: not JSON`, { cause });
    }
  });
}

/** Records of a kind. */
export function ofKind<Kind extends MeasureRecord['kind']>(
  records: readonly MeasureRecord[],
  kind: Kind,
): Extract<MeasureRecord, { kind: Kind }>[] {
  return records.filter((record): record is Extract<MeasureRecord, { kind: Kind }> => record.kind === kind);
}
