import type { Paint } from './colour.ts';
import { coverageWords, GAP, isWhole, missingWords } from './coverage.ts';
import { SYMBOLS } from './outcome.ts';
import type { CoverageRecord } from './records.ts';
import type { Summary } from './summarise.ts';
import { oneLine, wrap } from './text.ts';

/** What a whole run has seen at each target, what is missing below it; nothing after a run of some rules. */
export function coverageLines({ coverage }: Summary, width: number, paint: Paint): string[] {
  if (coverage.length === 0) return [];
  const gap = coverage.every(isWhole) ? [] : wrap(GAP, width - 2).map((line) => paint('dim', `  ${line}`));
  return [
    paint('bold', '  Coverage'),
    ...gap,
    '',
    ...coverage.flatMap((record) => targetLines(record, width, paint)),
  ];
}

function targetLines(record: CoverageRecord, width: number, paint: Paint): string[] {
  const [style, outcome] = isWhole(record) ? (['green', 'pass'] as const) : (['yellow', 'warn'] as const);
  const head = `  ${paint(style, SYMBOLS[outcome])} ${oneLine(record.target)}: ${coverageWords(record)}`;
  const missing = missingWords(record).flatMap((words) => wrap(oneLine(words), width - 4));
  return [head, ...missing.map((line) => `    ${line}`)];
}
