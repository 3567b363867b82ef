import { OUTCOME_STYLES, painter, type Paint } from './colour.ts';
import { SYMBOLS } from './outcome.ts';
import type { Outcome } from './records.ts';
import type { Change, RunChanges } from './run-changes.ts';
import { clip, count, listed, oneLine } from './text.ts';

const WORDS_LENGTH = 160;

/** What changed between two runs, for a terminal, line end included; a sentence alone where nothing did. */
export function renderChanges(changes: RunChanges, isColoured: boolean): string {
  const paint = painter(isColoured);
  const { regressions, repaired, newlyTested, newlyUntested, added, gone, compared } = changes;
  const blocks = [
    block('Regressions', regressions, paint),
    block('Repaired', repaired, paint),
    block('Newly tested', newlyTested, paint),
    block('No longer tested', newlyUntested, paint),
    added.length > 0 ? [`  Targets of the new run alone: ${listed(added.map(oneLine))}`] : [],
    gone.length > 0 ? [`  Targets of the old run alone: ${listed(gone.map(oneLine))}`] : [],
    [`  ${verdict(changes, paint)}, ${count(compared, 'outcome')} compared`],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function block(title: string, changes: Change[], paint: Paint): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map(({ rule, target, before, after, words }) => {
    const said = words === '' ? '' : `: ${clip(oneLine(words), WORDS_LENGTH)}`;
    return `  ${outcome(before, paint)} → ${outcome(after, paint)}  ${rule} on ${oneLine(target)}${said}`;
  });
  return [paint('bold', `  ${title} (${changes.length})`), ...lines];
}

function outcome(value: Outcome | null, paint: Paint): string {
  return value === null ? paint('dim', 'not in it') : paint(OUTCOME_STYLES[value], `${SYMBOLS[value]} ${value}`);
}

function verdict({ regressions, repaired }: RunChanges, paint: Paint): string {
  if (regressions.length > 0) return paint('red', count(regressions.length, 'regression'));
  return paint('green', repaired.length > 0 ? `No regression, ${repaired.length} repaired` : 'No regression');
}
