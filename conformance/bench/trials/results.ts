import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Header } from '../study/records.ts';
import type { Comparison } from '../study/study.ts';

/** One run of a trial: what was called, and by which numbers. */
export type TrialRun = {
  trial: string;
  seed: number;
  startedAt: string;
  seconds: number;
  commit: string;
  machine: Header['machine'];
  comparisons: Pick<Comparison, 'scenario' | 'subject' | 'base' | 'ratio' | 'adjustedP' | 'verdict'>[];
};

/** The runs that are kept in a file, one a line, in the order in which they were made. */
export function readRuns(file: string): TrialRun[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TrialRun);
}

export function keepRun(file: string, run: TrialRun): void {
  mkdirSync(path.dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}
