import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applied, type Mutant } from './mutant.ts';
import type { Trial } from './try-mutant.ts';

/** A trial as it is kept; `source` names the mutated file's whole text. */
export type TrialRecord = Trial & { id: string; source: string; at: string };

/** What a mutant's file is with it: a trial holds as long as that stays the same. */
export function sourceOf(folder: string, mutant: Mutant): string {
  const text = readFileSync(path.join(folder, mutant.file), 'utf8');
  return createHash('sha256').update(applied(text, mutant)).digest('hex').slice(0, 16);
}

/** The trials of earlier runs, the last one of each mutant; a line that was cut off is none. */
export function readTrials(file: string): Map<string, TrialRecord> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return new Map(lines.map((line) => JSON.parse(line) as TrialRecord).map((record) => [record.id, record]));
}

/** Adds a trial to the file, which is then on disk. */
export function keepTrial(file: string, record: TrialRecord): void {
  mkdirSync(path.dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(record)}\n`);
}
