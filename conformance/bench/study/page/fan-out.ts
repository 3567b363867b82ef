import { markup, type Markup } from '../../../report/html/markup.ts';
import { number } from '../../../report/text.ts';
import { isInvalid, type Admitted } from '../admit.ts';
import type { FanOutCell } from '../study.ts';
import { mebibytes, milliseconds, tick } from '../words/figures.ts';
import { legend } from './legend.ts';
import { figure, numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { linePlot } from './plot/lines.ts';
import { lookOf } from './plot/marks.ts';
import { logScale, stepScale } from './plot/scale.ts';

/** How long until every open stream was told of a message. */
export function fanOut(study: Admitted): Section | null {
  const body = partOr(study, 'fan-out', () => {
    const names = new Set(study.fanOut.map(({ subject }) => subject));
    return markup`<p class="lead">Messages are written while many event streams are open; each event is timed from the write to its arrival at each stream.${deliveryWords(study)}</p>
${legend(study, [...names])}
${figure('p99 of delivery in milliseconds (logarithmic; less is better) by open streams, solid; p50 dashed and without marks.', plot(study, [...names]), fanOutTable(study))}`;
  });
  return section('fan-out', 'Fan-out over streams', 'Fan-out', body);
}

function deliveryWords({ fanOut }: Admitted): string {
  const wrong = fanOut.filter(({ expected, delivered, doubled }) => delivered !== expected || doubled > 0);
  const total = fanOut.reduce((sum, { expected }) => sum + expected, 0);
  if (wrong.length === 0) return ` All ${number(total)} events came, each once.`;
  const told = wrong.map(
    ({ subject, streams, expected, delivered, doubled }) =>
      `${subject} at ${number(streams)} streams lost ${number(expected - delivered)} of ${number(expected)} and doubled ${number(doubled)}`,
  );
  return ` Not all came: ${told.join('; ')}.`;
}

function plot(study: Admitted, names: string[]): Markup {
  const steps = stepScale(study.fanOut.map(({ streams }) => streams));
  const valid = study.fanOut.flatMap(({ cell }) => (isInvalid(cell) ? [] : [cell.p50, cell.p99]));
  const lines = names.flatMap((name) => {
    const own = steps.ticks.map((streams) =>
      study.fanOut.find((one) => one.streams === streams && one.subject === name),
    );
    const look = lookOf(study, name);
    const gaps = own.flatMap((one) => (one && isInvalid(one.cell) ? [one.streams] : []));
    return [
      { look, points: own.map((one) => point(one, 'p50')), isDotted: true, isPlain: true },
      { look, points: own.map((one) => point(one, 'p99')), gaps },
    ];
  });
  const title = 'Delivery time by open streams';
  const description = `p50 and p99 for ${names.join(', ')} at ${steps.ticks.join(', ')} streams. The same numbers are in the table below the plot.`;
  const [x, y] = [
    { scale: steps, format: number },
    { scale: logScale(valid, 0.08), format: tick },
  ];
  return markup`<div class="panel"><h3>p99 of delivery <span class="quiet">ms</span></h3>${linePlot({ title, description, x, y, lines, hasMarks: true })}</div>`;
}

function point(one: FanOutCell | undefined, percentile: 'p50' | 'p99') {
  return one && !isInvalid(one.cell) ? { x: one.streams, y: one.cell[percentile] } : null;
}

function fanOutTable(study: Admitted): Markup {
  const rows = study.fanOut.map(({ subject, streams, expected, delivered, doubled, cell }): Row => {
    const first = [subject, number(streams), `${number(delivered)} of ${number(expected)}`, number(doubled)];
    if (isInvalid(cell)) return [...first, refused(`invalid: ${cell.invalid}`), '', '', '', ''];
    const times = [cell.p50, cell.p99, cell.max, cell.serverCpuMsAnEvent].map(milliseconds);
    return [...first, ...times, mebibytes(cell.residentBytes)];
  });
  const head = ['Subject', 'Streams', 'Came', 'Doubled', 'p50', 'p99', 'Most', 'CPU an event', 'Memory'];
  return numbers('Delivery of events by open streams', head, rows);
}
