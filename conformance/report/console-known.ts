import type { Paint } from './colour.ts';
import { isWrong, outcomeOf } from './known.ts';
import { SYMBOLS } from './outcome.ts';
import type { KnownRecord } from './records.ts';
import type { Summary } from './summarise.ts';
import { clip, oneLine } from './text.ts';

/** The entries of the file of known failures, each list by itself: what became of each, why it is there, until when. */
export function knownLines({ known }: Summary, width: number, paint: Paint): string[] {
  const lists = [...Map.groupBy(known, ({ list }) => list)];
  return lists.flatMap(([list, entries], index) => [
    ...(index > 0 ? [''] : []),
    paint('bold', list === 'flaky' ? '  Flaky' : '  Known failures'),
    '',
    ...entries.flatMap((entry) => entryLines(entry, width, paint)),
  ]);
}

function entryLines(entry: KnownRecord, width: number, paint: Paint): string[] {
  const [style, symbol] = isWrong(entry)
    ? (['red', SYMBOLS.fail] as const)
    : (['yellow', SYMBOLS[outcomeOf(entry)]] as const);
  const head = `${entry.rule} on ${entry.target}: ${entry.why}`;
  const facts = `${entry.reason} (${entry.link}, until ${entry.expires})`;
  return [
    `  ${paint(style, symbol)} ${clip(oneLine(head), width - 4)}`,
    `    ${paint('dim', clip(oneLine(facts), width - 4))}`,
  ];
}
