import { markup, type Markup } from '../../../report/html/markup.ts';
import { isInvalid, type Admitted } from '../admit.ts';
import type { Frozen, Percentiles } from '../study.ts';
import { milliseconds, tick } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { figure, numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';
import { logScale, type Scale } from './plot/scale.ts';
import { axis, emptyStrip, pairStrip } from './plot/strip.ts';

/** The same pause, told by a generator that keeps its rate and by one that waits. */
export function frozen(study: Admitted): Section | null {
  const body = partOr(study, 'frozen server', () => {
    const values = study.frozen.flatMap(({ open, closed }) =>
      [open, closed].flatMap((cell) => (isInvalid(cell) ? [] : [cell.p99])),
    );
    const scale = logScale(values, 0.08);
    const line = markup`<div class="bar-row" aria-hidden="true"><span></span>${axis(scale, tick)}</div>`;
    const rows = study.frozen.map((one) => row(study, scale, one));
    return markup`<p class="lead">${lead(study.frozen)} A loop that waits for each answer sends nothing while the server stands still, and so never sees the pause; one that keeps its rate counts everybody who had to wait.</p>
${figure('p99 in milliseconds (logarithmic) while the server was frozen for a moment: hollow as a closed loop tells it, filled as an open loop does.', markup`<div class="panel"><ul>${rows}</ul>${line}</div>`, frozenTable(study))}`;
  });
  return section('frozen', 'A frozen server', 'Frozen', body);
}

function lead(all: readonly Frozen[]): Markup | null {
  const first = all.find(({ open, closed }) => !isInvalid(open) && !isInvalid(closed));
  if (!first || isInvalid(first.open) || isInvalid(first.closed)) return null;
  const pause =
    first.frozenMs === null ? 'A server that stands still' : `A server frozen for ${milliseconds(first.frozenMs)}`;
  return markup`<strong class="quote">${pause} shows a p99 of ${milliseconds(first.open.p99)} in an open loop, and of ${milliseconds(first.closed.p99)} in a closed one (${first.subject}, ${scenarioName(first.scenario)}).</strong>`;
}

function row(study: Admitted, scale: Scale, { subject, scenario, open, closed }: Frozen): Markup {
  const look = lookOf(study, subject);
  if (isInvalid(open) || isInvalid(closed)) {
    const why = [open, closed].flatMap((cell) => (isInvalid(cell) ? [cell.invalid] : [])).join('; ');
    return markup`<li class="bar-row is-empty">${named(look)}${emptyStrip(`invalid: ${why}`)}</li>`;
  }
  const title = `${subject}, ${scenarioName(scenario)}: p99 of ${milliseconds(closed.p99)} by a closed loop, ${milliseconds(open.p99)} by an open one`;
  const from = { look: { ...look, variant: 'hollow' as const }, at: closed.p99 };
  return markup`<li class="bar-row">${named(look)}${pairStrip(scale, from, { look, at: open.p99 }, title)}<span class="bar-value">closed ${milliseconds(closed.p99)}</span><span class="bar-value"><strong>open ${milliseconds(open.p99)}</strong></span></li>`;
}

function frozenTable(study: Admitted): Markup {
  const rows = study.frozen.flatMap(({ scenario, subject, open, closed }) => [
    cells([scenarioName(scenario), subject, 'open'], open),
    cells([scenarioName(scenario), subject, 'closed'], closed),
  ]);
  return numbers('Latency of a frozen server', ['Scenario', 'Subject', 'Loop', 'p50', 'p90', 'p99', 'Most'], rows);
}

function cells(first: string[], cell: Frozen['open']): Row {
  if (isInvalid(cell)) return [...first, refused(`invalid: ${cell.invalid}`), '', '', ''];
  const { p50, p90, p99, max }: Percentiles = cell;
  return [...first, ...[p50, p90, p99, max].map(milliseconds)];
}
