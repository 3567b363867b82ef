import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ResultRecord, RunRecord } from './records.ts';

export type * from './records.ts';

export const STREAM_SCHEMA: RunRecord['schema'] = 1;

/** A result stream that cannot be read; the message is one line: what is wrong, where, and the way out. */
export class StreamError extends Error {
  override name = 'StreamError';
}

export type StreamWriter = { write(record: ResultRecord): void; close(): void };

/**
 * Opens (and empties) `file`, making its folders. Each record is on disk when `write` returns, so a killed run leaves a
 * stream that the reader can tell from a whole one. The footer's `records` is counted here, whatever the caller put in.
 */
export function openStream(file: string): StreamWriter {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  let records = 0;
  return {
    write(record) {
      records += 1;
      writeSync(descriptor, serialise(record.type === 'end' ? { ...record, records } : record));
    },
    close: () => closeSync(descriptor),
  };
}

/** The record as one line of NDJSON, line end included. */
export function serialise(record: ResultRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Reads a stream from disk. Throws StreamError when the file is missing, of another schema or cut short. */
export function readStream(file: string): ResultRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StreamError(`${file} cannot be read: ${reason}. Run duet with --out first.`, { cause });
  }
  return parseStream(text, file);
}

/** The records of `text`, its footer last. Throws StreamError; `name` stands for the stream in its message. */
export function parseStream(text: string, name: string): ResultRecord[] {
  const lines = text.split('\n');
  const lastLine = lines.pop();
  if (lines.length === 0 && !lastLine) throw new StreamError(`${name} is empty: the run ended before it began.`);
  if (lastLine) throw new StreamError(`${name} is cut off in line ${lines.length + 1}: the run did not finish.`);
  const records = lines.map((line, index) => parseLine(line, index + 1, name));
  checkFooter(records, name);
  return records;
}

const REQUIRED_KEYS: Record<ResultRecord['type'], string[]> = {
  run: ['id', 'startedAt', 'contractVersion', 'seed', 'command', 'machine', 'rules', 'targets'],
  test: ['target', 'rule', 'title', 'outcome', 'ms', 'requests', 'measurements', 'failures', 'exchanges'],
  violation: ['target', 'rule', 'during', 'failure', 'exchange'],
  rule: ['target', 'rule', 'level', 'outcome', 'ms', 'tests', 'measurements'],
  known: ['list', 'target', 'rule', 'reason', 'link', 'expires', 'file', 'state', 'why'],
  coverage: ['target', 'groups'],
  verdict: [
    'target',
    'verdict',
    'profiles',
    'passed',
    'failed',
    'warned',
    'notTested',
    'errors',
    'requests',
    'judged',
    'ms',
  ],
  end: ['finishedAt', 'ms', 'exitCode', 'records'],
};

function parseLine(line: string, number: number, name: string): ResultRecord {
  const where = `${name}, line ${number}`;
  const value = parseJson(line, where);
  if (!isObject(value)) throw new StreamError(`${where}: not an object; this is no result stream.`);
  if (number === 1) checkHeader(value, name);
  if (!isRecord(value)) throw new StreamError(`${where}: ${whatIsMissing(value)}.`);
  return value;
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new StreamError(`${where}: not JSON; this is no result stream.`, { cause });
  }
}

function checkHeader(value: Record<string, unknown>, name: string): void {
  if (value['type'] !== 'run') throw new StreamError(`${name} does not begin with a run record; its start is missing.`);
  if (value['schema'] === STREAM_SCHEMA) return;
  const found = JSON.stringify(value['schema']) ?? 'none';
  throw new StreamError(
    `${name} has schema ${found}, this version of duet reads schema ${STREAM_SCHEMA}: read it with the version that wrote it.`,
  );
}

function checkFooter(records: ResultRecord[], name: string): void {
  const end = records.findIndex((record) => record.type === 'end');
  const footer = records[end];
  if (footer?.type !== 'end') throw new StreamError(`${name} has no footer: the run did not finish. Run it again.`);
  if (end !== records.length - 1) throw new StreamError(`${name} goes on after its footer, in line ${end + 2}.`);
  if (footer.records === records.length) return;
  throw new StreamError(
    `${name} has ${records.length} records and its footer counts ${footer.records}: lines were lost or added.`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecord(value: Record<string, unknown>): value is Record<string, unknown> & ResultRecord {
  const type = value['type'];
  return isRecordType(type) && REQUIRED_KEYS[type].every((key) => key in value);
}

function isRecordType(type: unknown): type is ResultRecord['type'] {
  return typeof type === 'string' && Object.hasOwn(REQUIRED_KEYS, type);
}

function whatIsMissing(value: Record<string, unknown>): string {
  const type = value['type'];
  if (!isRecordType(type)) return `a record of unknown type ${JSON.stringify(type)}`;
  const missing = REQUIRED_KEYS[type].filter((key) => !(key in value));
  return `the ${type} record lacks ${missing.join(', ')}`;
}
