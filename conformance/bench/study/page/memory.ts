import { markup, type Markup } from '../../../report/html/markup.ts';
import type { Admitted } from '../admit.ts';
import type { Interval } from '../study.ts';
import { mebibytes, milliseconds, span } from '../words/figures.ts';
import { refusal } from '../words/subjects.ts';
import { withSpan } from './cpu-tables.ts';
import { numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';
import { linearScale, type Scale } from './plot/scale.ts';
import { barStrip } from './plot/strip.ts';

type Value = { subject: string; interval: Interval };
type Bars = { title: string; of: number; values: Value[]; format: (value: number) => string };

/** What a process weighs, and how soon it is there. */
export function memory(study: Admitted): Section | null {
  const weight = partOr(study, 'memory', () => memoryFigure(study));
  const start = partOr(study, 'cold start', () => startFigure(study));
  return section('memory', 'Memory and cold start', 'Memory', weight || start ? markup`${weight}${start}` : null);
}

function memoryFigure(study: Admitted): Markup {
  const at = (moment: 'ready' | 'loaded') =>
    study.memory
      .filter((one) => one.moment === moment)
      .map(({ subject, residentBytes }) => ({ subject, interval: residentBytes }));
  const of = Math.max(...study.memory.map(({ residentBytes }) => residentBytes.high));
  const parts: Bars[] = [
    { title: 'Memory when ready', of, values: at('ready'), format: mebibytes },
    { title: 'Memory under load', of, values: at('loaded'), format: mebibytes },
  ];
  const rows = study.memory.map(({ subject, moment, residentBytes }): Row => [
    subject,
    moment,
    withSpan(residentBytes, mebibytes),
  ]);
  return markup`<figure><div class="panels wide">${parts.map((part) => bars(study, part))}</div>
<figcaption>Resident memory of the process; less is better. The line on a bar’s end is the 95 % interval.</figcaption>
${numbers('Resident memory', ['Subject', 'Moment', 'Resident memory'], rows)}</figure>`;
}

function startFigure(study: Admitted): Markup {
  const of = Math.max(...study.starts.flatMap(({ readyMs, cpuMs }) => [readyMs.high, cpuMs.high]));
  const parts: Bars[] = [
    {
      title: 'From start to ready',
      of,
      values: study.starts.map(({ subject, readyMs }) => ({ subject, interval: readyMs })),
      format: milliseconds,
    },
    {
      title: 'CPU time until ready',
      of,
      values: study.starts.map(({ subject, cpuMs }) => ({ subject, interval: cpuMs })),
      format: milliseconds,
    },
  ];
  const rows = study.starts.map(({ subject, readyMs, cpuMs }): Row => [
    subject,
    withSpan(readyMs, milliseconds),
    withSpan(cpuMs, milliseconds),
  ]);
  return markup`<figure><div class="panels wide">${parts.map((part) => bars(study, part))}</div>
<figcaption>Cold start, from the start of the process to its first “ready”; less is better.</figcaption>
${numbers('Cold start', ['Subject', 'Ready after', 'CPU time'], rows)}</figure>`;
}

function bars(study: Admitted, { title, of, values, format }: Bars): Markup {
  const scale = linearScale([of]);
  const rows = study.header.subjects.flatMap(({ name }) => {
    const value = values.find(({ subject }) => subject === name);
    if (value) return [bar(study, scale, value, title, format)];
    const why = refusal(study, name);
    return why ? [markup`<li class="bar-row is-empty">${named(lookOf(study, name))}${refused(why)}</li>`] : [];
  });
  return markup`<div class="panel"><h3>${title}</h3><ul class="is-short">${rows}</ul></div>`;
}

function bar(
  study: Admitted,
  scale: Scale,
  { subject, interval }: Value,
  title: string,
  format: Bars['format'],
): Markup {
  const look = lookOf(study, subject);
  const spoken = `${title}, ${subject}: ${format(interval.estimate)}, 95 % interval ${span(interval, format)}`;
  return markup`<li class="bar-row is-short">${named(look)}${barStrip(scale, look, interval, spoken)}<span class="bar-value"><strong>${format(interval.estimate)}</strong></span></li>`;
}
