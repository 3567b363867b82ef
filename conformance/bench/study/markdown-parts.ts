import { prose } from '../../report/markdown-text.ts';
import { bytes, count, duration, number } from '../../report/text.ts';
import { isInvalid, type Admitted } from './admit.ts';
import type { Facts, Timeline } from './records.ts';
import type { Cell, Interval, Part } from './study.ts';
import { stretchesOf } from './words/courses.ts';
import { mebibytes, median, milliseconds, percent, ratio, significant, span } from './words/figures.ts';
import { absence, isMeasured } from './words/parts.ts';
import { scenarioName } from './words/scenarios.ts';

/** The parts that only a full study has, a table each; in a full study also why one is missing. */
export function partTables(study: Admitted): string[] {
  return [
    part(study, 'latency curves', 'Latency by load', latency),
    part(study, 'throughput by concurrency', 'Throughput by concurrency', capacity),
    part(study, 'statements', 'Statements and database time a request', statements),
    part(study, 'memory', 'Memory', memory),
    part(study, 'cold start', 'Cold start', starts),
    part(study, 'fan-out', 'Fan-out over streams', fanOut),
    part(study, 'spike', 'A spike', (all) => courses(all, 'spike')),
    part(study, 'soak', 'A soak', (all) => courses(all, 'soak')),
    part(study, 'frozen server', 'A frozen server: the open loop shows it, the closed one hides it', frozen),
    part(study, 'cost of ownership', 'What it costs to own', ownership),
  ];
}

export function gfmTable(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function part(study: Admitted, name: Part, title: string, body: (study: Admitted) => string): string {
  if (isMeasured(study, name)) return `## ${title}\n\n${body(study)}`;
  return study.header.profile !== 'full' ? '' : `## ${title}\n\nNot measured: ${prose(absence(study, name))}.`;
}

function latency({ curves }: Admitted): string {
  const rows = curves.map(({ scenario, subject, share, cell }) => [
    scenarioName(scenario),
    prose(subject),
    percent(share),
    ...cells(cell, 3, ({ p50, p90, p99 }) => [p50, p90, p99].map(milliseconds)),
  ]);
  return gfmTable(['scenario', 'subject', 'of the floor’s knee', 'p50', 'p90', 'p99'], rows);
}

/** What a load from several machines saw. */
export function serviceTable({ services }: Admitted): string {
  if (services.length === 0) return '';
  const rows = services.map(({ scenario, subject, runners, ratePerSecond, cell }) => [
    scenarioName(scenario),
    prose(subject),
    number(runners),
    significant(ratePerSecond),
    ...cells(cell, 4, ({ p50, p90, p99, max }) => [p50, p90, p99, max].map(milliseconds)),
  ]);
  const head = ['scenario', 'subject', 'runners', 'requests/s', 'p50', 'p90', 'p99', 'most'];
  return `## Latency\n\n${gfmTable(head, rows)}`;
}

function capacity({ capacity: points }: Admitted): string {
  const rows = points.map(({ scenario, subject, connections, cell }) => [
    scenarioName(scenario),
    prose(subject),
    number(connections),
    ...cells(cell, 1, ({ requestsPerSecond }) => [withSpan(requestsPerSecond, significant)]),
  ]);
  return gfmTable(['scenario', 'subject', 'connections', 'requests/s'], rows);
}

function statements(study: Admitted): string {
  const rows = study.statements.map((one) => [
    scenarioName(one.scenario),
    prose(one.subject),
    ratio(one.statements),
    milliseconds(one.databaseMs),
  ]);
  return gfmTable(['scenario', 'subject', 'statements', 'database time'], rows);
}

function memory({ memory: uses }: Admitted): string {
  const rows = uses.map(({ subject, moment, residentBytes }) => [
    prose(subject),
    moment,
    withSpan(residentBytes, mebibytes),
  ]);
  return gfmTable(['subject', 'moment', 'resident memory'], rows);
}

function starts({ starts: times }: Admitted): string {
  const rows = times.map(({ subject, readyMs, cpuMs }) => [
    prose(subject),
    withSpan(readyMs, milliseconds),
    withSpan(cpuMs, milliseconds),
  ]);
  return gfmTable(['subject', 'ready after', 'CPU time'], rows);
}

function fanOut({ fanOut: all }: Admitted): string {
  const rows = all.map(({ subject, streams, expected, delivered, doubled, cell }) => [
    prose(subject),
    number(streams),
    `${number(delivered)} of ${number(expected)}`,
    number(doubled),
    ...cells(cell, 2, ({ p50, p99 }) => [p50, p99].map(milliseconds)),
  ]);
  return gfmTable(['subject', 'streams', 'came', 'doubled', 'p50', 'p99'], rows);
}

/** Of the first block, as the page draws it. */
function courses({ timelines }: Admitted, scenario: Timeline['scenario']): string {
  const own = timelines.filter((one) => one.scenario === scenario);
  const first = Math.min(...own.map(({ block }) => block));
  const rows = own
    .filter(({ block }) => block === first)
    .flatMap((timeline) =>
      stretchesOf(timeline).map(({ name, ratePerSecond, p99, dropped, residentBytes, eventLoopDelayP99 }) => [
        prose(timeline.subject),
        name,
        number(ratePerSecond),
        p99 ? milliseconds(p99.typical) : prose(`invalid: ${dropped} requests dropped`),
        p99 ? milliseconds(p99.worst) : '',
        mebibytes(residentBytes),
        milliseconds(eventLoopDelayP99),
      ]),
    );
  const head = ['subject', 'when', 'requests/s', 'p99, median second', 'worst second', 'memory', 'loop delay p99'];
  return gfmTable(head, rows);
}

function frozen({ frozen: all }: Admitted): string {
  const rows = all.map(({ scenario, subject, open, closed }) => [
    scenarioName(scenario),
    prose(subject),
    ...[open, closed].flatMap((cell) => cells(cell, 1, ({ p99 }) => [milliseconds(p99)])),
  ]);
  return gfmTable(['scenario', 'subject', 'p99, open loop', 'p99, closed loop'], rows);
}

function ownership({ facts }: Admitted): string {
  const row = (title: string, of: (one: Facts) => string) => [title, ...facts.map(of)];
  const rows = [
    row('lines of code', ({ lines }) => number(lines.reduce((sum, one) => sum + one.lines, 0))),
    row('lines of tests', ({ testLines }) => number(testLines)),
    row('direct dependencies', ({ dependencies }) => number(dependencies.direct.length)),
    row('with theirs', ({ dependencies }) => count(dependencies.transitive, 'package')),
    row('installed', ({ installBytes }) => bytes(installBytes)),
    row('build', ({ buildMs }) => (buildMs.length > 0 ? duration(median(buildMs)) : '–')),
    row('tests', ({ testMs }) => (testMs.length > 0 ? duration(median(testMs)) : '–')),
  ];
  return gfmTable(['', ...facts.map(({ product }) => prose(product))], rows);
}

function withSpan(interval: Interval, format: (value: number) => string): string {
  return `${format(interval.estimate)} (${span(interval, format)})`;
}

/** As many columns of numbers, or the reason in the first of them. */
function cells<Numbers extends object>(
  cell: Cell<Numbers>,
  columns: number,
  of: (numbers: Numbers) => string[],
): string[] {
  if (!isInvalid(cell)) return of(cell);
  return [prose(`invalid: ${cell.invalid}`), ...Array.from({ length: columns - 1 }, () => '')];
}
