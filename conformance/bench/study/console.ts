import Table from 'cli-table3';
import { painter, type Paint } from '../../report/colour.ts';
import { count, duration } from '../../report/text.ts';
import { admit, isInvalid, whyNoNumber, type Admitted } from './admit.ts';
import type { Cost, Study } from './study.ts';
import { comparisonSentence, verdictShort } from './words/comparisons.ts';
import { milliseconds, ratio, significant, span, told } from './words/figures.ts';
import { headline } from './words/headline.ts';
import { comparisonsOf } from './words/pairs.ts';
import { absences } from './words/parts.ts';
import { scenarioAbout, scenarioName } from './words/scenarios.ts';
import { refusal } from './words/subjects.ts';
import { warnings } from './words/method.ts';
import type { ScenarioName } from './records.ts';

const SIDES = ['top', 'bottom', 'left', 'right', 'mid'] as const;
const BORDERLESS = Object.fromEntries(
  [...SIDES, ...SIDES.flatMap((one) => SIDES.map((other) => `${one}-${other}`)), 'middle'].map((side) => [side, '']),
);
const HEAD = ['server CPU, ms a request', 'to the floor', '', 'requests/s', 'database CPU, ms'];

/** The study for a terminal: a table a scenario, then who spends less than whom, then what is missing. */
export function renderStudyConsole(study: Study, { isColoured }: { isColoured: boolean }): string {
  const paint = painter(isColoured);
  const admitted = admit(study);
  const refused = study.header.subjects.map(({ name }) => refusal(study, name)).filter((reason) => reason !== null);
  const shown = [
    ...warnings(study).map((warning) => paint('yellow', warning)),
    ...(study.header.profile === 'load'
      ? [services(admitted).join('\n')]
      : study.header.scenarios.map((scenario) => table(admitted, scenario, paint))),
    direct(admitted).join('\n'),
    [...new Set(refused)].map((reason) => paint('red', reason)).join('\n'),
    absences(admitted)
      .map(({ reason, parts }) => paint('dim', `not measured: ${parts.join(', ')} (${reason})`))
      .join('\n'),
    paint('bold', headline(admitted).sentence),
  ];
  return `\n${shown.filter(Boolean).join('\n\n')}\n`;
}

function table(study: Admitted, scenario: ScenarioName, paint: Paint): string {
  const rows = study.header.subjects.map(({ name }) => rowOf(study, scenario, name));
  const drawn = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
    head: ['', ...HEAD].map((word) => paint('dim', word)),
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right'],
  });
  drawn.push(...rows);
  const lines = drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
  return `${paint('bold', scenarioName(scenario))}  ${paint('dim', scenarioAbout(scenario))}\n${lines.join('\n')}`;
}

function services(study: Admitted): string[] {
  return study.services.map(({ subject, runners, ratePerSecond, durationMs, sent, cell }) => {
    const told = isInvalid(cell)
      ? `invalid: ${cell.invalid}`
      : (['p50', 'p90', 'p99', 'max'] as const).map((name) => `${name} ${milliseconds(cell[name])}`).join('  ');
    const about = `${count(runners, 'runner')}, together for ${duration(durationMs)}, ${significant(ratePerSecond)} requests a second`;
    return `  ${subject}  ${about}, ${count(sent, 'request')} sent\n  ${told}`;
  });
}

function rowOf(study: Admitted, scenario: ScenarioName, subject: string): string[] {
  const cost = study.costs.find((one) => one.scenario === scenario && one.subject === subject);
  if (!cost) return [subject, whyNoNumber(study, scenario, subject) ?? 'not measured', '', '', '', ''];
  if (isInvalid(cost.cell)) return [subject, `invalid: ${cost.cell.invalid}`, '', '', '', ''];
  return [subject, ...figures(cost.cell), ...toFloor(study, scenario, subject), ...rates(cost.cell)];
}

type Numbers = Exclude<Cost['cell'], { invalid: string }>;

function figures({ serverCpuMs }: Numbers): string[] {
  return [`${significant(serverCpuMs.estimate)}  (${span(serverCpuMs, significant)})`];
}

function rates({ requestsPerSecond, databaseCpuMs }: Numbers): string[] {
  return [requestsPerSecond, databaseCpuMs].map(({ estimate }) => significant(estimate));
}

function toFloor(study: Admitted, scenario: ScenarioName, subject: string): string[] {
  const role = study.header.subjects.find(({ name }) => name === subject)?.role;
  if (role === 'floor') return ['1', ''];
  const spread = study.spreads.find((one) => one.scenario === scenario && one.metric === 'server-cpu');
  if (role === 'control')
    return [spread ? `${ratio(spread.ratio.estimate)}  (${span(spread.ratio)})` : '', 'by chance'];
  const one = study.comparisons.find(
    ({ base, metric, ...other }) =>
      other.scenario === scenario && other.subject === subject && base === 'floor' && metric === 'server-cpu',
  );
  return one ? [`${ratio(one.ratio.estimate)}  (${span(one.ratio)})`, verdictShort(one)] : ['', ''];
}

function direct(study: Admitted): string[] {
  return (['backends', 'series', 'node'] as const)
    .flatMap((pair) => comparisonsOf(study, pair, 'server-cpu'))
    .map((one) => {
      const reason = one.verdict === 'inconclusive' && one.reason ? `: ${one.reason}` : '';
      return `${scenarioName(one.scenario)}: ${comparisonSentence(one)}${reason}, ${told(one.ratio)}`;
    });
}
