import Table from 'cli-table3';
import { OUTCOME_STYLES, type Paint } from './colour.ts';
import { SYMBOLS } from './outcome.ts';
import type { Area, Cell, Row, Summary } from './summarise.ts';
import { clip, clipWords, duration, oneLine } from './text.ts';

const INDENT = 2;
const GAP = 2;
const CELL_WIDTHS = { least: 14, most: 22 };
const SLUG_WIDTH = 19;
const TITLE_LEAST = 30;

type Layout = { rule: number; cell: number; hasTitle: boolean };

/** The table: an area's name, then a row a rule; titles are left out where the terminal is too narrow. */
export function matrixLines(summary: Summary, width: number, paint: Paint): string[] {
  const layout = layOut(summary, width);
  const names = summary.targets.map(({ name }) => clip(oneLine(name), layout.cell - GAP));
  return summary.areas.flatMap((area, index) => [
    ...(index > 0 ? [''] : []),
    ...areaLines(area, index === 0 ? names : names.map(() => ''), layout, paint),
  ]);
}

function layOut({ targets }: Summary, width: number): Layout {
  const longestName = Math.max(0, ...targets.map(({ name }) => oneLine(name).length)) + GAP;
  const fair = Math.floor((width - INDENT - SLUG_WIDTH) / Math.max(1, targets.length));
  const cell = Math.max(8, Math.min(Math.max(longestName, CELL_WIDTHS.least), CELL_WIDTHS.most, fair));
  const rule = width - INDENT - targets.length * cell;
  return { rule, cell, hasTitle: rule >= SLUG_WIDTH + TITLE_LEAST };
}

function areaLines(area: Area, names: string[], { rule, cell, hasTitle }: Layout, paint: Paint): string[] {
  const table = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: [rule, ...names.map(() => cell)],
  });
  const heading = [paint('bold', area.name), ...names.map((name) => paint('bold', name))];
  const rows = area.rows.map((row) => {
    const words = hasTitle ? ruleWords(row, rule - GAP, paint) : clip(oneLine(row.slug), rule - GAP);
    return [words, ...row.cells.map((one) => cellText(one, paint))];
  });
  table.push(heading, ...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(INDENT)}${line}`.trimEnd());
}

/** The few slugs that are longer than their column push their title on, so that the titles have room. */
function ruleWords(row: Row, width: number, paint: Paint): string {
  const slug = `${oneLine(row.slug).padEnd(SLUG_WIDTH)}  `;
  return `${slug}${paint('dim', clipWords(oneLine(row.title), width - slug.length))}`;
}

function cellText(cell: Cell, paint: Paint): string {
  const symbol = SYMBOLS[cell.outcome];
  if (cell.outcome !== 'pass') return paint(OUTCOME_STYLES[cell.outcome], `${symbol} ${cell.outcome}`);
  return `${paint('green', symbol)} ${paint('dim', duration(cell.ms))}`;
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
