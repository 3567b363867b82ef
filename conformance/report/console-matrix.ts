import Table from 'cli-table3';
import { OUTCOME_STYLES, type Paint } from './colour.ts';
import { SYMBOLS } from './outcome.ts';
import type { Area, Cell, Row, Summary } from './summarise.ts';
import { clip, clipWords, duration, oneLine } from './text.ts';

const INDENT = 2;
const GAP = 2;
const CELL_WIDTHS = { least: 14, most: 22 };
const SLUG_WIDTH = 19;
/** A table without titles is no wider than its longest slug wants. */
const SLUG_MOST = 30;
const TITLE_LEAST = 30;

type Layout = { rule: number; cell: number; hasTitle: boolean };

/** The table: an area's name, then a row a rule; titles are left out where the terminal is too narrow. */
export function matrixLines(summary: Summary, width: number, paint: Paint): string[] {
  const names = summary.targets.map(({ name }) => nameLines(oneLine(name)));
  const layout = layOut(names, width);
  const shown = names.map((lines) => lines.map((line) => clipStart(line, layout.cell - GAP)).join('\n'));
  return summary.areas.flatMap((area, index) => [
    ...(index > 0 ? [''] : []),
    ...areaLines(area, index === 0 ? shown : shown.map(() => ''), layout, paint),
  ]);
}

/** What stands in brackets at a name's end gets a line of its own. */
function nameLines(name: string): string[] {
  const [, first, second] = /^(.+) (\([^()]+\))$/u.exec(name) ?? [];
  return first && second ? [first, second] : [name];
}

/** Names of targets differ at their ends. */
function clipStart(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(text.length - length + 1)}`;
}

function layOut(names: string[][], width: number): Layout {
  const longestName = Math.max(0, ...names.flat().map((line) => line.length)) + GAP;
  const fair = Math.floor((width - INDENT - SLUG_WIDTH) / Math.max(1, names.length));
  const cell = Math.max(8, Math.min(Math.max(longestName, CELL_WIDTHS.least), CELL_WIDTHS.most, fair));
  const free = width - INDENT - names.length * cell;
  const hasTitle = free >= SLUG_WIDTH + TITLE_LEAST;
  return { rule: hasTitle ? free : Math.min(free, SLUG_MOST + GAP), cell, hasTitle };
}

function areaLines(area: Area, names: string[], { rule, cell, hasTitle }: Layout, paint: Paint): string[] {
  const table = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: [rule, ...names.map(() => cell)],
  });
  const heading = [paint('bold', area.name), ...names.map((name) => boldLines(name, paint))];
  const rows = area.rows.map((row) => {
    const words = hasTitle ? ruleWords(row, rule - GAP, paint) : clip(oneLine(row.slug), rule - GAP);
    return [words, ...row.cells.map((one) => cellText(one, cell - GAP, paint))];
  });
  table.push(heading, ...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(INDENT)}${line}`.trimEnd());
}

function boldLines(lines: string, paint: Paint): string {
  return lines
    .split('\n')
    .map((line) => paint('bold', line))
    .join('\n');
}

/** The few slugs that are longer than their column push their title on, so that the titles have room. */
function ruleWords(row: Row, width: number, paint: Paint): string {
  const slug = `${oneLine(row.slug).padEnd(SLUG_WIDTH)}  `;
  return `${slug}${paint('dim', clipWords(oneLine(row.title), width - slug.length))}`;
}

function cellText(cell: Cell, width: number, paint: Paint): string {
  const symbol = SYMBOLS[cell.outcome];
  if (cell.outcome === 'left out') return paint('dim', symbol);
  const word = cell.outcome === 'known failure' ? 'known' : cell.outcome;
  if (cell.outcome !== 'pass') return paint(OUTCOME_STYLES[cell.outcome], `${symbol} ${word}`);
  const time = duration(cell.ms);
  return time.length > width - 2 ? paint('green', symbol) : `${paint('green', symbol)} ${paint('dim', time)}`;
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
