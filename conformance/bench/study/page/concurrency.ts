import { markup, type Markup } from '../../../report/html/markup.ts';
import { number } from '../../../report/text.ts';
import { isInvalid, type Admitted } from '../admit.ts';
import type { ScenarioName } from '../records.ts';
import { milliseconds, significant } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { withSpan } from './cpu-tables.ts';
import { legend } from './legend.ts';
import { figure, numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { linePlot } from './plot/lines.ts';
import { lookOf } from './plot/marks.ts';
import { linearScale, stepScale } from './plot/scale.ts';

/** Requests a second by the number of connections. */
export function concurrency(study: Admitted): Section | null {
  const body = partOr(study, 'throughput by concurrency', () => {
    const names = new Set(study.capacity.map(({ subject }) => subject));
    const scenarios = study.header.scenarios.filter((name) => study.capacity.some(({ scenario }) => scenario === name));
    const plots = scenarios.map((scenario) => scenarioPlot(study, scenario));
    return markup`<p class="lead">How many requests a second each answers when more connections ask at once. The load shares the machine with the server, so compare lines with each other, not with another machine.</p>
${legend(study, [...names])}
${figure('Requests a second (more is better) by connections; the line through a mark is its 95 % interval.', markup`<div class="panels">${plots}</div>`, capacityTable(study))}`;
  });
  return section('concurrency', 'Throughput by concurrency', 'Concurrency', body);
}

function scenarioPlot(study: Admitted, scenario: ScenarioName): Markup {
  const points = study.capacity.filter((point) => point.scenario === scenario);
  const names = study.header.subjects
    .map(({ name }) => name)
    .filter((name) => points.some((one) => one.subject === name));
  const valid = points.flatMap(({ cell }) => (isInvalid(cell) ? [] : [cell.requestsPerSecond.high]));
  const steps = stepScale(points.map(({ connections }) => connections));
  const lines = names.map((name) => {
    const own = steps.ticks.map((tick) => points.find((one) => one.connections === tick && one.subject === name));
    return {
      look: lookOf(study, name),
      points: own.map((point) => {
        if (!point || isInvalid(point.cell)) return null;
        const { estimate, low, high } = point.cell.requestsPerSecond;
        return { x: point.connections, y: estimate, low, high };
      }),
      gaps: own.flatMap((point) => (point && isInvalid(point.cell) ? [point.connections] : [])),
    };
  });
  const title = `Requests a second by connections: ${scenarioName(scenario)}`;
  const description = `Lines for ${names.join(', ')} over ${steps.ticks.join(', ')} connections. The same numbers are in the table below the plots.`;
  const [x, y] = [
    { scale: steps, format: number },
    { scale: linearScale(valid), format: number },
  ];
  return markup`<div class="panel"><h3>${scenarioName(scenario)} <span class="quiet">requests/s</span></h3>${linePlot({ title, description, x, y, lines, hasMarks: true })}</div>`;
}

function capacityTable(study: Admitted): Markup {
  const rows = study.capacity.map(({ scenario, subject, connections, cell }): Row => {
    const first = [scenarioName(scenario), subject, number(connections)];
    if (isInvalid(cell)) return [...first, refused(`invalid: ${cell.invalid}`), ''];
    return [...first, withSpan(cell.requestsPerSecond, significant), withSpan(cell.serverCpuMs, milliseconds)];
  });
  const head = ['Scenario', 'Subject', 'Connections', 'Requests/s', 'Server CPU a request'];
  return numbers('Requests a second by connections', head, rows);
}
