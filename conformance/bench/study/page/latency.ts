import { markup, type Markup } from '../../../report/html/markup.ts';
import { listed } from '../../../report/text.ts';
import { isInvalid, type Admitted } from '../admit.ts';
import type { ScenarioName } from '../records.ts';
import type { CurvePoint } from '../study.ts';
import { milliseconds, significant, tick } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { legend } from './legend.ts';
import { figure, numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { linePlot, type Axis, type Line } from './plot/lines.ts';
import { lookOf } from './plot/marks.ts';
import { betweenScale, logScale } from './plot/scale.ts';

/** How long answers take as the load comes near to what the floor can bear. */
export function latency(study: Admitted): Section | null {
  const body = partOr(study, 'latency curves', () => {
    const scenarios = study.header.scenarios.filter((name) => study.curves.some(({ scenario }) => scenario === name));
    const names = new Set(study.curves.map(({ subject }) => subject));
    const plots = scenarios.map((scenario) => scenarioPlot(study, scenario));
    return markup`<p class="lead">Requests leave at a steady rate whatever the answers do, and each is timed from the moment it should have left.</p>
${legend(study, [...names], [markup`<li><span class="invalid-key">✕</span> <span class="quiet">invalid: no number</span></li>`])}
${figure('p99 in milliseconds (logarithmic; less is better) by the rate, as a share of the floor’s knee.', markup`<div class="panels">${plots}</div>`, markup`${invalidList(study)}${curveTable(study)}`)}`;
  });
  return section('latency', 'Latency by load', 'Latency', body);
}

function scenarioPlot(study: Admitted, scenario: ScenarioName): Markup {
  const points = study.curves.filter((point) => point.scenario === scenario);
  const shares = [...new Set(points.map(({ share }) => share))].toSorted((left, right) => left - right);
  const valid = points.flatMap(({ cell }) => (isInvalid(cell) ? [] : [cell.p99]));
  const x: Axis = { scale: betweenScale(shares), format: share };
  const y: Axis = { scale: logScale(valid, 0.08), format: tick };
  const names = study.header.subjects
    .map(({ name }) => name)
    .filter((name) => points.some((one) => one.subject === name));
  const lines = names.map((name) => line(study, name, shares, points));
  const title = `p99 latency by load: ${scenarioName(scenario)}`;
  const description = `Lines for ${names.join(', ')} over ${shares.map(share).join(', ')} of the floor's knee. The same numbers are in the table below the plots.`;
  return markup`<div class="panel"><h3>${scenarioName(scenario)} <span class="quiet">ms</span></h3>${linePlot({ title, description, x, y, lines, hasMarks: true })}</div>`;
}

function line(study: Admitted, name: string, shares: readonly number[], points: readonly CurvePoint[]): Line {
  const own = shares.map((share) => points.find((one) => one.share === share && one.subject === name));
  return {
    look: lookOf(study, name),
    points: own.map((point) => (point && !isInvalid(point.cell) ? { x: point.share, y: point.cell.p99 } : null)),
    gaps: own.flatMap((point) => (point && isInvalid(point.cell) ? [point.share] : [])),
  };
}

/** Which cells have no number, and why: a line a subject and reason. */
function invalidList(study: Admitted): Markup | null {
  const all = study.curves.flatMap(({ scenario, subject, share: at, cell }) =>
    isInvalid(cell) ? [{ scenario, subject, at, why: cell.invalid }] : [],
  );
  const items = [...Map.groupBy(all, ({ subject, why }) => `${subject}\n${why}`).values()].map((group) => {
    const scenarios = [...Map.groupBy(group, ({ scenario }) => scenario)];
    const where = scenarios.map(
      ([name, cells]) => `${scenarioName(name)} at ${listed(cells.map(({ at }) => share(at)))}`,
    );
    return markup`<li>${group[0]?.subject ?? ''} ${refused(`invalid: ${group[0]?.why ?? ''}`)}: ${where.join('; ')}</li>`;
  });
  return items.length > 0 ? markup`<ul class="invalid-list">${items}</ul>` : null;
}

function curveTable(study: Admitted): Markup {
  const rows = study.curves.map(({ scenario, subject, share: at, ratePerSecond, cell }): Row => {
    const first = [scenarioName(scenario), subject, share(at), significant(ratePerSecond)];
    if (isInvalid(cell)) return [...first, refused(`invalid: ${cell.invalid}`), '', '', ''];
    return [...first, ...[cell.p50, cell.p90, cell.p99, cell.max].map(milliseconds)];
  });
  const head = ['Scenario', 'Subject', 'Of the knee', 'Requests/s', 'p50', 'p90', 'p99', 'Most'];
  return numbers('Latency percentiles by share of the floor’s knee', head, rows);
}

function share(value: number): string {
  return `${Math.round(value * 100)}\u00a0%`;
}
