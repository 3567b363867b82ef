import { markup, type Markup } from '../../../report/html/markup.ts';
import { duration, number } from '../../../report/text.ts';
import type { Admitted } from '../admit.ts';
import type { Timeline } from '../records.ts';
import { inBuckets, type Bucket } from '../words/buckets.ts';
import { soakWords, spikeWords } from '../words/courses.ts';
import { mebibytes, milliseconds, percent, significant, tick } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { legend } from './legend.ts';
import { figure, numbers, partOr, refused, section, type Row, type Section } from './parts.ts';
import { linePlot, type Axis, type Line } from './plot/lines.ts';
import { key, lookOf } from './plot/marks.ts';
import { linearScale, logScale } from './plot/scale.ts';

type Moment = 'spike' | 'soak';
type Panel = { title: string; unit: string; of: (bucket: Bucket) => number; isLogarithmic?: true };
type Course = { subject: string; buckets: Bucket[] };

const COLUMNS = 150;
const ROWS = 12;
const PANELS: Panel[] = [
  { title: 'p99', unit: 'ms, logarithmic', of: ({ p99 }) => p99, isLogarithmic: true },
  { title: 'Answers', unit: 'a second', of: ({ requestsPerSecond }) => requestsPerSecond },
  { title: 'Resident memory', unit: 'MiB', of: ({ residentBytes }) => residentBytes / 1024 ** 2 },
  { title: 'Event loop delay, p99', unit: 'ms', of: ({ eventLoopDelayP99 }) => eventLoopDelayP99 },
];

/** Second by second: a spike, and a long steady load. */
export function timelines(study: Admitted): Section | null {
  const spike = partOr(study, 'spike', () => moment(study, 'spike'));
  const soak = partOr(study, 'soak', () => moment(study, 'soak'));
  return section('time', 'Spike and soak', 'Spike, soak', spike || soak ? markup`${spike}${soak}` : null);
}

function moment(study: Admitted, scenario: Moment): Markup {
  const found = study.timelines.filter((one) => one.scenario === scenario);
  const first = Math.min(...found.map(({ block }) => block));
  const shown = found.filter(({ block }) => block === first);
  const courses = shown.map(({ subject, points }) => ({ subject, buckets: inBuckets(points, COLUMNS) }));
  const names = courses.map(({ subject }) => subject);
  const seconds = courses[0]?.buckets[0]?.seconds ?? 1;
  const each = seconds > 1 ? ` Each point is ${seconds} seconds, and of p99, memory and delay the worst of them.` : '';
  const plots = PANELS.map((panel) => plot(study, scenario, panel, courses));
  const rows = shown.flatMap(({ subject, points }) => inBuckets(points, ROWS).map((bucket) => row(subject, bucket)));
  const head = [
    'Subject',
    'From second',
    'Answers/s',
    'Failed',
    'p99',
    'Memory',
    'Loop delay p99',
    'Collection a second',
  ];
  return markup`<h3 class="moment">${scenario === 'spike' ? 'Spike' : 'Soak'} <span class="quiet">${about(shown[0])}</span></h3>
<ul class="lead findings">${shown.map((one) => markup`<li>${key(lookOf(study, one.subject))} <span>${scenario === 'spike' ? spikeWords(one) : soakWords(one)}</span></li>`)}</ul>
${legend(study, names, [markup`<li><span class="invalid-key">✕</span> <span class="quiet">dropped requests: no number</span></li>`])}
${figure(`By second.${each}`, markup`<div class="panels wide">${plots}</div>`, numbers(`${scenario} by time`, head, rows))}`;
}

/** What was asked of the floor, whose knee the rates are shares of, and of the others. */
function about(timeline: Timeline | undefined): string {
  if (!timeline) return '';
  const [first, second] = timeline.stages;
  const of = ({ ratePerSecond, share }: Timeline['stages'][number]): string =>
    `${number(ratePerSecond)} requests a second (${percent(share)} of the floor’s knee)`;
  const load = scenarioName(timeline.load);
  if (!first) return load;
  if (!second) return `${load}: ${of(first)} for ${duration(first.seconds * 1000)}: what grows, and what stays.`;
  return `${load}: ${of(first)}, then for ${second.seconds} seconds ${of(second)}, then as before.`;
}

function plot(study: Admitted, scenario: Moment, { title, unit, of, isLogarithmic }: Panel, courses: Course[]): Markup {
  const valid = courses.flatMap(({ buckets }) => buckets.filter(isValid).map(of));
  const last = Math.max(1, ...courses.flatMap(({ buckets }) => buckets.map(({ second }) => second)));
  const x: Axis = { scale: linearScale([last], 0), format: (value) => `${number(value)} s` };
  const y: Axis = isLogarithmic
    ? { scale: logScale(valid, 0.08), format: tick }
    : { scale: linearScale(valid), format: number };
  const lines = courses.map(({ subject, buckets }): Line => ({
    look: lookOf(study, subject),
    points: buckets.map((bucket) => (isValid(bucket) ? { x: bucket.second, y: of(bucket) } : null)),
    gaps: buckets.filter((bucket) => !isValid(bucket)).map(({ second }) => second),
  }));
  const spoken = `${title} by second: ${scenario}`;
  const description = `Lines for ${courses.map(({ subject }) => subject).join(', ')}, in ${unit}. Numbers by time are in the table below the plots.`;
  return markup`<div class="panel"><h4>${title} <span class="quiet">${unit}</span></h4>${linePlot({ title: spoken, description, x, y, lines, hasMarks: false })}</div>`;
}

function isValid({ dropped }: Bucket): boolean {
  return dropped === 0;
}

function row(subject: string, bucket: Bucket): Row {
  const first = [subject, number(bucket.second)];
  if (!isValid(bucket)) {
    return [...first, refused(`invalid: ${number(bucket.dropped)} dropped requests`), '', '', '', '', ''];
  }
  const { requestsPerSecond, failures, p99, residentBytes, eventLoopDelayP99, collectionMs } = bucket;
  return [
    ...first,
    significant(requestsPerSecond),
    number(failures),
    milliseconds(p99),
    mebibytes(residentBytes),
    milliseconds(eventLoopDelayP99),
    milliseconds(collectionMs),
  ];
}
