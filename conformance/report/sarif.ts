import { createHash } from 'node:crypto';
import type { Finding } from './findings.ts';
import { isWrong } from './known.ts';
import type { Place, Places } from './places.ts';
import type { KnownRecord, Outcome } from './records.ts';
import type { Cell, Row, Summary } from './summarise.ts';
import { clip, visible } from './text.ts';
import { valuesOf } from './values.ts';

const MESSAGE_LENGTH = 1_000;
const VALUE_LENGTH = 500;
const LEVELS: Partial<Record<Outcome, 'error' | 'warning' | 'note'>> = {
  fail: 'error',
  error: 'error',
  warn: 'warning',
  flaky: 'note',
  'known failure': 'note',
};

/**
 * SARIF 2.1.0, one run. A result is one finding of one rule on one target; it stands at the rule's sentence in the contract
 * and names the lines of the operations concerned. What is known to fail is there and suppressed.
 */
export function renderSarif(summary: Summary, places: Places): string {
  const { run, end, troubles, targets, known } = summary;
  const rules = summary.rows.map((row) => ruleOf(row, places));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Duet', semanticVersion: run.contractVersion, rules } },
        automationDetails: { id: `duet/${targets.map(({ name }) => name).join('+')}/`, guid: guidOf(run.id) },
        invocations: [
          {
            commandLine: visible(run.command),
            startTimeUtc: run.startedAt,
            endTimeUtc: end.finishedAt,
            exitCode: end.exitCode,
            executionSuccessful: end.exitCode !== 2,
            toolExecutionNotifications: [
              ...targets.flatMap(({ name, verdict }) => notification(name, verdict.reason)),
              ...known.filter(isWrong).flatMap((entry) => notification(`${entry.rule} on ${entry.target}`, entry.why)),
            ],
          },
        ],
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository that has the contract.' } } },
        columnKind: 'utf16CodeUnits',
        properties: { seed: run.seed, targets: targets.map(({ name, urls }) => ({ name, urls })) },
        results: troubles.flatMap((row) => row.cells.flatMap((cell) => resultsOf(row, cell, summary, places))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(row: Row, places: Places): object {
  const { id, title, sentence, level, area } = row;
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: sentence || title },
    help: { text: `${sentence || title}\n\n${places.rule(id).file}` },
    defaultConfiguration: { level: level === 'MUST' ? 'error' : 'warning' },
    properties: { tags: [area, level] },
  };
}

function resultsOf(row: Row, cell: Cell, summary: Summary, places: Places): object[] {
  const level = LEVELS[cell.outcome];
  if (level === undefined) return [];
  const known = summary.known.find(({ rule, target, state }) => state === 'holds' && isThis(rule, target));
  const unsaid: Finding[] = [{ ...NOTHING, title: row.title, failures: [{ key: cell.outcome, message: cell.reason ?? row.title }] }];
  return (cell.findings.length > 0 ? cell.findings : unsaid).map((finding) => ({
    ruleId: row.id,
    ruleIndex: summary.rows.indexOf(row),
    kind: 'fail',
    level,
    message: { text: messageOf(finding, cell) },
    locations: [location(places.rule(row.id))],
    relatedLocations: operationsOf(row, finding, places),
    partialFingerprints: { 'duetFinding/v1': fingerprint(row, cell, finding) },
    ...(known && { suppressions: [suppression(known)] }),
    properties: { target: cell.target, outcome: cell.outcome, test: visible(finding.title), occurrences: finding.count },
  }));

  function isThis(rule: string, target: string): boolean {
    return rule === row.id && target === cell.target;
  }
}

const NOTHING = { kind: 'test' as const, outcome: 'error' as const, exchanges: [], count: 1 };

function messageOf(finding: Finding, cell: Cell): string {
  const [first] = finding.failures;
  const values = first ? valuesOf(first, VALUE_LENGTH).map(({ label, text }) => `${label}: ${text}`) : [];
  const lines = [`${cell.target}: ${clip(first?.message ?? 'no reason given', MESSAGE_LENGTH)}`, ...values];
  return visible(lines.join('\n'));
}

/** Of the finding's last request; of the rule, where there is none. */
function operationsOf(row: Row, { exchanges }: Finding, places: Places): object[] {
  const last = exchanges.at(-1)?.operationId;
  const names = last ? [last] : row.operations;
  return names.flatMap((name, index) => {
    const place = places.operation(name);
    return place ? [{ id: index + 1, ...location(place), message: { text: `operation ${name}` } }] : [];
  });
}

function location({ file, line }: Place): object {
  return { physicalLocation: { artifactLocation: { uri: file, uriBaseId: 'SRCROOT' }, region: { startLine: line } } };
}

/** The same for the same fault in another run, so that a viewer knows it again. */
function fingerprint(row: Row, { target }: Cell, { kind, title, failures }: Finding): string {
  const parts = [row.id, target, kind, kind === 'test' ? title : '', failures[0]?.key ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function suppression({ reason, link, expires, list }: KnownRecord): object {
  return { kind: 'external', status: 'accepted', justification: `${list}: ${reason} (${link}, until ${expires})` };
}

function notification(subject: string, reason: string | undefined): object[] {
  return reason === undefined ? [] : [{ level: 'error', message: { text: visible(`${subject}: ${reason}`) } }];
}

function guidOf(id: string): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(id) ? id : undefined;
}
