import { coverageWords, isWhole, missingWords } from './coverage.ts';
import { isWrong } from './known.ts';
import type { Place, Places } from './places.ts';
import type { Outcome } from './records.ts';
import type { Summary } from './summarise.ts';
import { clip, count, oneLine } from './text.ts';

type Command = 'error' | 'warning' | 'notice';
type Annotation = { command: Command; place: Place | null; title: string; message: string };

const COMMANDS: Partial<Record<Outcome, Command>> = {
  fail: 'error',
  error: 'error',
  warn: 'warning',
  flaky: 'notice',
  'known failure': 'notice',
};
// GitHub shows ten of each kind a step and drops the rest without a word.
const SHOWN = 10;
const MESSAGE_LENGTH = 600;

/** GitHub's workflow commands, a line each: what is broken at the line of the contract that says so, the gravest first. */
export function renderAnnotations(summary: Summary, places: Places): string {
  const all = [...ofKnown(summary), ...ofTargets(summary), ...ofRules(summary, places), ...ofCoverage(summary)];
  const shown = (['error', 'warning', 'notice'] as const).flatMap((command) => {
    const some = all.filter((one) => one.command === command);
    if (some.length <= SHOWN) return some;
    const message = `${count(some.length - SHOWN + 1, 'more finding')}: in the report`;
    return [...some.slice(0, SHOWN - 1), { command, place: null, title: 'Duet', message }];
  });
  return shown.map(line).join('');
}

function ofKnown({ known }: Summary): Annotation[] {
  return known.filter(isWrong).map(({ file, rule, target, why }) => ({
    command: 'error',
    place: { file, line: 1 },
    title: `${rule} on ${target}`,
    message: why,
  }));
}

function ofTargets({ targets }: Summary): Annotation[] {
  const unjudged = targets.filter(({ verdict }) => verdict.verdict === 'could not judge');
  return unjudged.map(({ name, verdict }) => ({
    command: 'error',
    place: null,
    title: `${name} could not be judged`,
    message: verdict.reason ?? 'no reason given',
  }));
}

function ofCoverage({ coverage }: Summary): Annotation[] {
  const partial = coverage.filter((record) => !isWhole(record));
  return partial.map((record) => ({
    command: 'warning',
    place: null,
    title: `Coverage on ${record.target}`,
    message: [coverageWords(record), ...missingWords(record)].join('\n'),
  }));
}

function ofRules({ troubles }: Summary, places: Places): Annotation[] {
  return troubles.flatMap((row) =>
    row.cells.flatMap(({ target, outcome, findings, reason }) => {
      const command = COMMANDS[outcome];
      if (command === undefined) return [];
      const said = findings[0]?.failures[0]?.message ?? reason ?? 'no reason given';
      const message = `${said}\n${row.sentence}`;
      return [{ command, place: places.rule(row.id), title: `${row.id} on ${target}`, message }];
    }),
  );
}

function line({ command, place, title, message }: Annotation): string {
  const at = place ? `file=${property(place.file)},line=${place.line},` : '';
  return `::${command} ${at}title=${property(oneLine(title))}::${data(clip(message, MESSAGE_LENGTH))}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
