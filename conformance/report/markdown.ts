import { coverageWords, GAP, isWhole, missingWords } from './coverage.ts';
import { curlLine } from './curl.ts';
import type { Side } from './differences.ts';
import { fenced, html, prose } from './markdown-text.ts';
import { isWrong, outcomeOf } from './known.ts';
import { SYMBOLS } from './outcome.ts';
import type { Outcome } from './records.ts';
import type { Area, Cell, Row, Summary } from './summarise.ts';
import { bytes, clip, count, duration, listed, number, oneLine } from './text.ts';
import { untested } from './untested.ts';
import { valuesOf } from './values.ts';
import { headline } from './verdict.ts';

// A GitHub comment ends at 65,536 characters; what is beyond the budget is counted instead.
const BUDGET = 60_000;
const MESSAGE_LENGTH = 300;
const VALUE_LENGTH = 1_200;

/** The report as GitHub Markdown for a pull request comment or a job summary; under 65,000 characters. */
export function renderMarkdown(summary: Summary): string {
  const before = [`# ${prose(headline(summary))}`, verdictTable(summary), differenceTable(summary), knownTable(summary)].filter(Boolean);
  const after = [
    untestedList(summary),
    coverageList(summary),
    '## All rules',
    ...summary.areas.map((area) => areaTable(area, summary)),
    runLine(summary),
  ];
  const spent = [...before, ...after].join('\n\n').length;
  const blocks = [...before, ...failureBlocks(summary, BUDGET - spent), ...after];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function verdictTable({ targets }: Summary): string {
  const rows = targets.map(({ name, meta, verdict }) => [
    `**${prose(name)}**<br>${prose(`${meta.framework} · ${meta.orm}`)}`,
    `${verdict.verdict === 'conformant' ? '✅' : '❌'} ${verdict.verdict}${verdict.reason ? `: ${prose(verdict.reason)}` : ''}`,
    verdict.profiles.join(', '),
    ...[verdict.passed, verdict.failed, verdict.errors, verdict.warned, verdict.notTested, verdict.judged].map(number),
    duration(verdict.ms),
  ]);
  const head = [
    'target',
    'verdict',
    'profiles',
    'passed',
    'failed',
    'errors',
    'warnings',
    'not tested',
    'answers judged',
  ];
  return table([...head, 'time'], rows, 3);
}

function differenceTable({ differences, targets }: Summary): string {
  if (targets.length < 2) return '';
  const told = differences.filter(({ kind }) => kind !== 'coverage');
  if (told.length === 0) return '**Nothing differs**: every rule that was judged on all targets came out the same.';
  const rows = told.map(({ row, sides }) => [
    `\`${row.id}\``,
    ...targets.map(({ name }) => sideWords(sides.find(({ target }) => target === name))),
  ]);
  return `## What differs (${told.length})\n\n${table(['rule', ...targets.map(({ name }) => prose(name))], rows)}`;
}

function sideWords(side: Side | undefined): string {
  if (!side) return SYMBOLS['left out'];
  return `${SYMBOLS[side.outcome]} ${prose(clip(side.words, MESSAGE_LENGTH))}`;
}

function knownTable({ known }: Summary): string {
  if (known.length === 0) return '';
  const rows = known.map((entry) => [
    `${isWrong(entry) ? '❌' : SYMBOLS[outcomeOf(entry)]} ${prose(entry.list === 'flaky' ? 'flaky' : 'known failure')}`,
    `\`${prose(entry.rule)}\` on ${prose(entry.target)}`,
    prose(clip(entry.why, MESSAGE_LENGTH)),
    prose(clip(entry.reason, MESSAGE_LENGTH)),
    `<${encodeURI(entry.link)}>`,
    entry.expires,
  ]);
  const head = ['', 'rule', 'in this run', 'reason', 'link', 'until'];
  return `## Known failures and flaky rules (${known.length})\n\n${table(head, rows)}`;
}

function untestedList(summary: Summary): string {
  const lines = untested(summary).map(({ reason, targets, rules, isPartial }) => {
    const which = rules.length > 3 ? count(rules.length, 'rule') : listed(rules.map((rule) => `\`${rule}\``));
    return `- ${which}${isPartial ? ' in part' : ''} on ${prose(listed(targets))}: ${prose(reason)}`;
  });
  return lines.length > 0 ? `## What was not tested\n\n${lines.join('\n')}` : '';
}

function coverageList({ coverage }: Summary): string {
  if (coverage.length === 0) return '';
  const lines = coverage.flatMap((record) => [
    `- ${SYMBOLS[isWhole(record) ? 'pass' : 'warn']} ${prose(record.target)}: ${coverageWords(record)}`,
    ...missingWords(record).map((words) => `  - ${prose(words)}`),
  ]);
  const blocks = ['## Coverage', coverage.every(isWhole) ? '' : GAP, lines.join('\n')];
  return blocks.filter(Boolean).join('\n\n');
}

function failureBlocks({ troubles }: Summary, budget: number): string[] {
  if (troubles.length === 0) return [];
  const found = troubles.flatMap((row) => row.cells.map((one) => ({ row, one })));
  const blocks = found.filter(({ one }) => one.findings.length > 0).map(({ row, one }) => failureBlock(row, one));
  let left = budget;
  const shown = blocks.filter((block) => (left -= block.length + 2) > 0);
  const omitted = blocks.length - shown.length;
  const more = omitted > 0 ? [`… and ${count(omitted, 'more failing rule')}: in the HTML report.`] : [];
  return ['## What went wrong', ...shown, ...more];
}

function failureBlock(row: Row, one: Cell): string {
  const head = `${SYMBOLS[one.outcome]} <code>${html(row.id)}</code> on <b>${html(one.target)}</b>`;
  const findings = one.findings.slice(0, 5).map(({ title, failures, exchanges }) => {
    const words = failures.flatMap((failure) => [
      `**${prose(clip(failure.message, MESSAGE_LENGTH))}**`,
      fenced(
        valuesOf(failure, VALUE_LENGTH)
          .map(({ label, text }) => `${label.padEnd(8)}  ${text}`)
          .join('\n'),
      ),
    ]);
    const last = exchanges.at(-1);
    const curl = last ? curlLine(last) : '';
    return [prose(title), ...words, curl.length <= VALUE_LENGTH * 2 ? fenced(curl, 'sh') : '']
      .filter(Boolean)
      .join('\n\n');
  });
  const omitted = one.findings.length - findings.length;
  const more = omitted > 0 ? [`… and ${count(omitted, 'more finding')}.`] : [];
  const body = [`> ${oneLine(row.sentence)}`, ...findings, ...more].join('\n\n');
  return `<details>\n<summary>${head}: ${html(clip(one.findings[0]?.failures[0]?.message ?? '', 160))}</summary>\n\n${body}\n\n</details>`;
}

function areaTable(area: Area, { targets }: Summary): string {
  const rows = area.rows.map((row) => [`\`${row.slug}\``, prose(row.title), row.level, ...row.cells.map(outcomeWords)]);
  const head = ['rule', '', 'level', ...targets.map(({ name }) => prose(name))];
  const tally = `${count(area.rows.length, 'rule')} · ${tallyOf(area.rows.flatMap((row) => row.cells))}`;
  return `<details>\n<summary><b>${html(area.name)}</b> · ${tally}</summary>\n\n${table(head, rows)}\n\n</details>`;
}

function outcomeWords({ outcome, ms }: Cell): string {
  if (outcome === 'left out') return SYMBOLS[outcome];
  return `${SYMBOLS[outcome]} ${outcome === 'pass' ? duration(ms) : outcome}`;
}

function tallyOf(cells: Cell[]): string {
  const outcomes: Outcome[] = ['pass', 'fail', 'error', 'warn', 'known failure', 'flaky', 'not tested'];
  const counts = outcomes.map((outcome) => [outcome, cells.filter((one) => one.outcome === outcome).length] as const);
  return counts.flatMap(([outcome, value]) => (value > 0 ? [`${SYMBOLS[outcome]} ${value}`] : [])).join(' ');
}

function runLine({ run, end }: Summary): string {
  const { cpu, cores, memoryBytes, platform, node } = run.machine;
  const machine = `${cpu}, ${cores} cores, ${bytes(memoryBytes)}, ${platform}, Node ${node}`;
  return `<sub>${html(`contract ${run.contractVersion} · ${duration(end.ms)} · seed ${run.seed} · ${machine} · ${run.startedAt}`)}</sub>`;
}

function table(head: string[], rows: string[][], firstNumber = head.length): string {
  const rule = head.map((_, index) => (index >= firstNumber ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
