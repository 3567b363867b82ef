import { OUTCOME_STYLES, type Paint } from './colour.ts';
import { curlLine } from './curl.ts';
import type { Finding } from './findings.ts';
import { SYMBOLS } from './outcome.ts';
import type { Cell, Row, Summary } from './summarise.ts';
import { clip, count, oneLine, wrap } from './text.ts';
import { valuesOf } from './values.ts';

const FINDINGS_SHOWN = 3;
const MESSAGE_LINES = 8;
const MESSAGE_LENGTH = 400;
const VALUE_LENGTH = 240;
const CURL_LENGTH = 2_000;

/** Each failing rule in words: its sentence, what was expected and found, and a curl line that shows it. */
export function failureLines({ troubles }: Summary, width: number, paint: Paint): string[] {
  if (troubles.length === 0) return [];
  const blocks = troubles.flatMap((row) =>
    row.cells
      .filter((cell) => cell.findings.length > 0 || cell.outcome === 'error')
      .map((cell) => cellLines(row, cell, width, paint)),
  );
  return [paint('bold', '  What went wrong'), ...blocks.flatMap((block) => ['', ...block])];
}

function cellLines(row: Row, cell: Cell, width: number, paint: Paint): string[] {
  const style = OUTCOME_STYLES[cell.outcome];
  const head = `  ${paint(style, `${SYMBOLS[cell.outcome]} ${row.id}`)} on ${paint('bold', oneLine(cell.target))}`;
  const sentence = wrap(oneLine(row.sentence), width - 4).map((line) => `    ${paint('dim', line)}`);
  const findings = cell.findings.slice(0, FINDINGS_SHOWN).flatMap((finding) => findingLines(finding, width, paint));
  const omitted = cell.findings.length - FINDINGS_SHOWN;
  const more = omitted > 0 ? [`    … and ${count(omitted, 'more finding')}: in the HTML report`] : [];
  const unsaid = cell.findings.length === 0 ? [`    ${oneLine(cell.reason ?? 'no reason given')}`] : [];
  return [head, ...sentence, ...findings, ...unsaid, ...more];
}

function findingLines(finding: Finding, width: number, paint: Paint): string[] {
  const title = wrap(oneLine(finding.title), width - 6).map((line) => `    ${line}`);
  const failures = finding.failures
    .slice(0, FINDINGS_SHOWN)
    .flatMap((failure) => [
      ...messageLines(failure.message, width - 6).map((line) => `      ${paint('bold', line)}`),
      ...valuesOf(failure, VALUE_LENGTH).map(({ label, text }) => valueLine(label, text, width, paint)),
    ]);
  const last = finding.exchanges.at(-1);
  return [...title, ...failures, ...(last ? [`      ${paint('cyan', curlOrSize(curlLine(last)))}`] : [])];
}

function messageLines(message: string, width: number): string[] {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, MESSAGE_LINES).flatMap((line) => wrap(oneLine(clip(line, MESSAGE_LENGTH)), width));
}

function valueLine(label: string, value: string, width: number, paint: Paint): string {
  const [first = '', ...rest] = wrap(oneLine(value), width - 16);
  const lines = [`      ${paint('dim', label.padEnd(8))}  ${first}`, ...rest.map((line) => `${' '.repeat(16)}${line}`)];
  return lines.join('\n');
}

function curlOrSize(line: string): string {
  return line.length <= CURL_LENGTH ? line : `curl … (${count(line.length, 'character')}: in the HTML report)`;
}
