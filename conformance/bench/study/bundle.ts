import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { StartError, wordsOf } from '../../src/stack/errors.ts';
import { STUDY_FORMAT, type Header, type StudyRecord } from './records.ts';

export type Bundle = [Header, ...StudyRecord[]];

export type BundleWriter = { keep(record: StudyRecord): void; close(): void };

/** Opens (and empties) a bundle, making its folders; each record is on the disk when `keep` returns. The footer counts itself. */
export function openBundle(file: string): BundleWriter {
  mkdirSync(path.dirname(file), { recursive: true });
  return writeTo(openSync(file, 'w'), 0);
}

/**
 * Opens the bundle of a run that did not end, to go on behind the last part that is whole. What was kept of another part
 * is taken away.
 * @throws StartError, one line, for a file that `readBundle` refuses, of a run that ended, or without a whole part
 */
export function reopenBundle(file: string): BundleWriter & { kept: Bundle } {
  const lines = whole(readText(file)).split('\n');
  const all = parseBundle(lines.join('\n'), file);
  if (all.some(({ kind }) => kind === 'footer'))
    throw new StartError(`${file} is of a run that ended: nothing is left to measure`);
  const last = all.findLastIndex(({ kind }) => kind === 'step');
  if (last === -1) throw new StartError(`${file} has no part that is whole: begin anew, without --resume`);
  writeFileSync(file, `${lines.slice(0, last + 1).join('\n')}\n`);
  const [header, ...rest] = all;
  return { ...writeTo(openSync(file, 'a'), last + 1), kept: [header, ...rest.slice(0, last)] };
}

function writeTo(descriptor: number, before: number): BundleWriter {
  let records = before;
  return {
    keep(record) {
      records += 1;
      const counted = record.kind === 'footer' ? { ...record, records } : record;
      writeSync(descriptor, `${JSON.stringify(counted)}\n`);
    },
    close: () => closeSync(descriptor),
  };
}

/** Without the line that was being written when the run was killed. */
function whole(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf('\n')));
}

/**
 * Reads a bundle from the disk; one without a footer is of a run that did not end, and is read too.
 * @throws StartError, one line, for a file that is missing, no bundle, of another format, or damaged
 */
export function readBundle(file: string): Bundle {
  return parseBundle(readText(file), file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${wordsOf(error)}; npm run bench makes one`, { cause: error });
  }
}

/** @throws StartError, one line that names the file and what is wrong with it */
export function parseBundle(text: string, name: string): Bundle {
  const lines = text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
  const [header, ...records] = lines.map((line, index) => parseLine(line, `${name}, line ${index + 1}`));
  if (header?.kind !== 'header') throw new StartError(`${name} is no study: its first line is no header`);
  if (header.format !== STUDY_FORMAT) {
    throw new StartError(
      `${name} has format ${header.format}, this command reads ${STUDY_FORMAT}: use the duet of its commit`,
    );
  }
  const footer = records.find((record) => record.kind === 'footer');
  if (footer && footer.records !== lines.length) {
    throw new StartError(
      `${name} has ${lines.length} records where its footer counts ${footer.records}: it was changed`,
    );
  }
  return [header, ...records];
}

function parseLine(line: string, where: string): StudyRecord {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'kind' in value) return value as StudyRecord;
  } catch {
    // Told below, in the same words.
  }
  throw new StartError(`${where}: no record of a study`);
}
