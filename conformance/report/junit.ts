import { curlLine } from './curl.ts';
import type { Finding } from './findings.ts';
import { isWrong } from './known.ts';
import type { KnownRecord, Outcome } from './records.ts';
import type { Cell, Row, Summary, Target } from './summarise.ts';
import { clip, visible } from './text.ts';
import { valuesOf } from './values.ts';

type Result = 'passed' | 'failure' | 'error' | 'skipped';
type Case = { rule: string; name: string; ms: number; result: Result; message: string; text: string };

const RESULTS: Record<Outcome, Result> = {
  pass: 'passed',
  fail: 'failure',
  warn: 'skipped',
  'known failure': 'skipped',
  flaky: 'skipped',
  'not tested': 'skipped',
  error: 'error',
  'left out': 'skipped',
};
const EXCUSES: Partial<Record<Outcome, string>> = { warn: 'warning', 'known failure': 'known failure', flaky: 'flaky' };
const VALUE_LENGTH = 4_000;

/**
 * JUnit XML: a testsuite for each target, a testcase for each test, and one more for each fault that the judge saw in
 * answers. A SHOULD rule that is not met is `skipped` with its warning, and what is known to fail or flaky is `skipped` with
 * its reason, so that it is seen and turns nothing red. An entry of known failures that no longer holds is a failure.
 */
export function renderJunit(summary: Summary): string {
  const suites = summary.targets.map((target, index) => suite(summary, target, index));
  const name = attribute('name', `duet, contract ${summary.run.contractVersion}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${name}${seconds(summary.end.ms)}>\n${suites.join('')}</testsuites>\n`;
}

function suite({ run, rows, known, targets }: Summary, target: Target, index: number): string {
  const cases = [
    ...rows.flatMap((row) => casesOf(row, row.cells[index])),
    ...known.filter((entry) => isOf(entry, targets, index)).map(caseOfKnown),
    ...caseOfVerdict(target),
  ];
  const total = (result: Result) => cases.filter((one) => one.result === result).length;
  const counts = { tests: cases.length, failures: total('failure'), errors: total('error'), skipped: total('skipped') };
  const attributes = Object.entries(counts).map(([name, value]) => attribute(name, String(value)));
  const when = attribute('timestamp', run.startedAt.replace(/Z$/u, ''));
  const open = `  <testsuite${attribute('name', target.name)}${attributes.join('')}${when}${seconds(target.verdict.ms)}>\n`;
  const properties = { urls: target.urls.join(' '), profiles: target.profiles.join(' '), seed: String(run.seed) };
  const stated = Object.entries({ ...properties, verdict: target.verdict.verdict }).map(
    ([name, value]) => `      <property${attribute('name', name)}${attribute('value', value)}/>\n`,
  );
  return `${open}    <properties>\n${stated.join('')}    </properties>\n${cases.map(testcase).join('')}  </testsuite>\n`;
}

function casesOf(row: Row, cell: Cell | undefined): Case[] {
  if (!cell || cell.outcome === 'left out') return [];
  const common = { rule: row.id, result: 'passed' as const, message: '', text: '' };
  const findings = cell.findings.map((finding) => ({ ...common, ...found(finding, cell), ms: timeOf(finding, cell) }));
  const others = cell.tests.flatMap((test): Case[] => {
    if (test.outcome === 'pass' && cell.outcome === 'flaky') {
      return [{ ...common, name: test.title, ms: test.ms, result: 'skipped', message: 'flaky: passed this time' }];
    }
    if (test.outcome === 'pass') return [{ ...common, name: test.title, ms: test.ms }];
    if (test.outcome !== 'not tested') return [];
    return [{ ...common, name: test.title, ms: test.ms, result: 'skipped', message: test.reason ?? 'no reason given' }];
  });
  const cases = [...others, ...findings];
  if (cases.length > 0) return cases;
  return [{ ...common, name: row.title, ms: cell.ms, result: RESULTS[cell.outcome], message: cell.reason ?? '' }];
}

function found(finding: Finding, cell: Cell): Pick<Case, 'name' | 'result' | 'message' | 'text'> {
  const first = finding.failures[0];
  const message = clip(first?.message ?? 'no reason given', VALUE_LENGTH);
  const text = detail(finding);
  const excuse = EXCUSES[cell.outcome];
  if (excuse) return { name: finding.title, result: 'skipped', message: `${excuse}: ${message}`, text };
  return { name: finding.title, result: finding.outcome === 'error' ? 'error' : 'failure', message, text };
}

function timeOf(finding: Finding, cell: Cell): number {
  return finding.kind === 'test' ? (cell.tests.find((test) => test.title === finding.title)?.ms ?? 0) : 0;
}

function detail({ failures, exchanges }: Finding): string {
  const lines = failures.flatMap((failure) => [
    failure.message,
    ...valuesOf(failure, VALUE_LENGTH).map(({ label, text }) => `${`${label}:`.padEnd(10)}${text}`),
    ...(failure.stack === undefined ? [] : [clip(failure.stack, VALUE_LENGTH)]),
  ]);
  const last = exchanges.at(-1);
  return [...lines, ...(last ? [clip(curlLine(last), VALUE_LENGTH)] : [])].join('\n');
}

/** An entry whose target is none of the run's stands in the first suite. */
function isOf(entry: KnownRecord, targets: readonly Target[], index: number): boolean {
  if (!isWrong(entry)) return false;
  const owner = targets.findIndex(({ name }) => name === entry.target);
  return index === Math.max(0, owner);
}

function caseOfKnown(entry: KnownRecord): Case {
  const name = `${entry.rule} on ${entry.target} in ${entry.file}`;
  return { rule: 'duet', name, ms: 0, result: 'failure', message: entry.why, text: '' };
}

function caseOfVerdict({ verdict }: Target): Case[] {
  if (verdict.verdict !== 'could not judge') return [];
  const message = verdict.reason ?? 'no reason given';
  return [{ rule: 'duet', name: 'the target can be judged', ms: 0, result: 'error', message, text: '' }];
}

function testcase({ rule, name, ms, result, message, text }: Case): string {
  const open = `    <testcase${attribute('classname', rule)}${attribute('name', name)}${seconds(ms)}`;
  if (result === 'passed') return `${open}/>\n`;
  const inner = `<${result}${attribute('message', message)}`;
  const body = text ? `${inner}>${escape(text)}</${result}>` : `${inner}/>`;
  return `${open}>\n      ${body}\n    </testcase>\n`;
}

function seconds(ms: number): string {
  return attribute('time', (ms / 1000).toFixed(3));
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escape(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

function escape(text: string): string {
  return visible(text).replace(/[&<>"]/gu, (character) => ENTITIES.get(character) ?? character);
}
