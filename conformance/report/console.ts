import { OUTCOME_STYLES, painter, type Paint } from './colour.ts';
import { coverageLines } from './console-coverage.ts';
import { failureLines } from './console-failures.ts';
import { matrixLines } from './console-matrix.ts';
import { SYMBOLS } from './outcome.ts';
import { knownLines } from './console-known.ts';
import type { Difference } from './differences.ts';
import type { Summary, Target } from './summarise.ts';
import { clip, count, duration, oneLine, wrap } from './text.ts';
import { untested } from './untested.ts';
import { verdictWords } from './verdict.ts';

export type ConsoleOptions = { isColoured: boolean; columns?: number | undefined };

const USUAL = 100;
const WIDEST = 120;
const NARROWEST = 40;
const DIFFERENCES_SHOWN = 20;
const LONGEST_REASON = 300;

/**
 * The report for a terminal, line end included: a table with a row a rule and a column a target, what differs, the
 * failures in words with a curl line, and a verdict line for each target. At most 100 columns (120 where
 * the terminal has them), save curl lines.
 */
export function renderConsole(summary: Summary, { isColoured, columns }: ConsoleOptions): string {
  const paint = painter(isColoured);
  const width = Math.max(NARROWEST, Math.min(columns ?? USUAL, WIDEST));
  const blocks = [
    matrixLines(summary, width, paint),
    untestedLines(summary, width, paint),
    differenceLines(summary, width, paint),
    failureLines(summary, width, paint),
    knownLines(summary, width, paint),
    coverageLines(summary, width, paint),
    verdictLines(summary, paint),
  ];
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${shown.join('\n\n')}\n`;
}

function untestedLines(summary: Summary, width: number, paint: Paint): string[] {
  const groups = untested(summary);
  if (groups.length === 0) return [];
  const lines = groups.flatMap(({ reason, targets, rules, isPartial }) => {
    const where = targets.length === summary.targets.length ? '' : ` on ${targets.map(oneLine).join(', ')}`;
    const which = rules.length > 3 ? count(rules.length, 'rule') : rules.join(', ');
    const said = `${which}${isPartial ? ' in part' : ''}${where}: ${oneLine(reason)}`;
    const [first = '', ...rest] = wrap(clip(said, LONGEST_REASON), width - 4);
    return [`  ${paint('dim', SYMBOLS['not tested'])} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [paint('bold', '  Not tested'), '', ...lines];
}

function differenceLines({ differences, targets }: Summary, width: number, paint: Paint): string[] {
  if (targets.length < 2) return [];
  if (differences.length === 0) return [paint('bold', '  Nothing differs: the same outcome for every rule.')];
  const told = differences.filter(({ kind }) => kind !== 'coverage');
  const widest = Math.max(...targets.map(({ name }) => oneLine(name).length));
  const lines = told.slice(0, DIFFERENCES_SHOWN).flatMap((difference) => sideLines(difference, widest));
  const omitted = told.length - DIFFERENCES_SHOWN;
  const more = omitted > 0 ? ['', `  … and ${count(omitted, 'more rule')}`] : [];
  const untold = differences.length - told.length;
  const coverage = untold > 0 ? ['', `  ${coverageWords(untold, told.length)}`] : [];
  return [paint('bold', `  What differs (${count(told.length, 'rule')})`), ...lines, ...more, ...coverage];

  function sideLines({ row, sides }: Difference, nameWidth: number): string[] {
    return [
      '',
      `  ${paint('cyan', row.id)}`,
      ...sides.map(({ target, outcome, words }) => {
        const name = clip(oneLine(target), 24).padEnd(Math.min(nameWidth, 24));
        const said = clip(oneLine(words), width - name.length - 8);
        return `    ${name}  ${paint(OUTCOME_STYLES[outcome], SYMBOLS[outcome])} ${said}`;
      }),
    ];
  }
}

function coverageWords(rules: number, others: number): string {
  const which = count(rules, others > 0 ? 'more rule' : 'rule');
  return `${which} ${rules === 1 ? 'was' : 'were'} not tested alike on all targets: see above`;
}

function verdictLines({ run, targets, end }: Summary, paint: Paint): string[] {
  const widest = Math.max(0, ...targets.map(({ name }) => oneLine(name).length));
  const lines = targets.map((target) => {
    const name = oneLine(target.name).padEnd(widest);
    return `  ${paint('bold', name)}  ${paint(verdictStyle(target), oneLine(verdictWords(target)))}`;
  });
  return [...lines, paint('dim', `  in ${duration(end.ms)}, seed ${run.seed}`)];
}

function verdictStyle({ verdict }: Target): 'green' | 'red' | 'magenta' {
  if (verdict.verdict === 'conformant') return 'green';
  return verdict.verdict === 'not conformant' ? 'red' : 'magenta';
}
