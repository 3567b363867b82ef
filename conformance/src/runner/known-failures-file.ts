import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CouldNotJudge } from '../target.ts';
import type { KnownEntry } from './known-failures.ts';

type Entry = Omit<KnownEntry, 'list' | 'file'>;
type Content = { knownFailures?: Entry[]; flaky?: Entry[] };

/**
 * The entries of a file of known failures, as they stand in it.
 * @throws CouldNotJudge, one line with the place and the way out, when it is missing or does not fit the schema
 */
export function readKnownFailures(file: string): KnownEntry[] {
  const content = checked(parse(read(file), file), file);
  const entries = [
    ...(content.knownFailures ?? []).map((entry) => ({ ...entry, list: 'known failures' as const, file })),
    ...(content.flaky ?? []).map((entry) => ({ ...entry, list: 'flaky' as const, file })),
  ];
  const places = entries.map(({ rule, target }) => `${rule} on ${target}`);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice) throw new CouldNotJudge(`${file} has two entries for ${twice}: leave one`);
  return entries;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CouldNotJudge(`--known-failures ${file}: there is no such file`);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CouldNotJudge(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checked(value: unknown, file: string): Content {
  const ajv = new Ajv2020({ allErrors: false });
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync(new URL('known-failures.schema.json', import.meta.url), 'utf8'));
  const fits = ajv.compile<Content>(schema);
  if (fits(value)) return value;
  throw new CouldNotJudge(`${file}${wordsOf(fits.errors?.[0])}; see conformance/docs/known-failures.md`);
}

function wordsOf(error: ErrorObject | undefined): string {
  if (!error) return ' does not fit its schema';
  const unknown = error.params['additionalProperty'];
  const what = typeof unknown === 'string' ? `must not have ${unknown}` : error.message;
  return ` ${error.instancePath || 'as a whole'} ${what}`;
}
