import { fenced, prose } from '../../report/markdown-text.ts';
import { admit, isInvalid, whyNoRatio, type Admitted } from './admit.ts';
import { gfmTable, partTables, serviceTable } from './markdown-parts.ts';
import type { ScenarioName } from './records.ts';
import type { Comparison, Metric, Study } from './study.ts';
import { advise } from './words/advice.ts';
import { METRICS, verdictShort } from './words/comparisons.ts';
import { milliseconds, significant, span, times, told } from './words/figures.ts';
import { headline } from './words/headline.ts';
import { commands, fingerprint, method, warnings } from './words/method.ts';
import { comparisonsOf, type Pair } from './words/pairs.ts';
import { absences } from './words/parts.ts';
import { scenarioName } from './words/scenarios.ts';
import { chanceOf, isOnNode, judgedSubject, MADE_OF, verdictWords } from './words/subjects.ts';

/** The study as GitHub Markdown; the same study gives the same bytes. */
export function renderStudyMarkdown(study: Study): string {
  const admitted = admit(study);
  const { sentence, interval } = headline(admitted);
  const isLoad = study.header.profile === 'load';
  const blocks = [
    `# ${prose(sentence)}`,
    interval ? `**Ratio ${prose(interval)}**` : '',
    ...warnings(admitted).map((words) => `> **Beware:** ${prose(words)}`),
    ...absences(admitted).map(({ parts, reason }) => `Not measured: ${prose(parts.join(', '))} (${prose(reason)}).`),
    verdictTable(admitted),
    ...(isLoad ? [serviceTable(admitted)] : compared(admitted)),
    measured(admitted),
    repeat(admitted),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function compared(study: Admitted): string[] {
  return [
    besideFloor(study, 'server-cpu'),
    besideFloor(study, 'requests-per-second'),
    pairTable(study, 'backends', 'A against B, both as shipped'),
    ...partTables(study),
    pairTable(study, 'node', 'The same backend on another Node'),
    follows(study),
  ];
}

function verdictTable(study: Admitted): string {
  const rows = study.verdicts.map((verdict) => [
    `**${prose(judgedSubject(study, verdict)?.name ?? verdict.product)}**`,
    prose(MADE_OF[verdict.product]),
    `${verdict.outcome === 'conformant' ? '✅' : '❌'} ${prose(verdictWords(verdict))}`,
  ]);
  return gfmTable(['subject', 'made of', 'verdict of the suite'], rows);
}

function besideFloor(study: Admitted, metric: Metric): string {
  const subjects = study.header.subjects.filter((one) => one.role === 'measured' && isOnNode(study, one));
  const floor = study.header.subjects.find(({ role }) => role === 'floor')?.name ?? 'floor';
  const comparisons = comparisonsOf(study, 'floor', metric);
  const rows = study.header.scenarios.map((scenario) => [
    scenarioName(scenario),
    unit(study, floor, scenario, metric),
    ...subjects.map(({ name }) => {
      const found = comparisons.find((one) => one.scenario === scenario && one.subject === name);
      return found ? ratioCell(found) : prose(whyNoRatio(study, scenario, name, floor) ?? 'not measured');
    }),
    chance(study, scenario, metric),
  ]);
  const head = ['scenario', 'floor', ...subjects.map(({ name }) => prose(name)), 'floor again (chance)'];
  const { name, better } = METRICS[metric];
  const note = metric === 'server-cpu' ? '' : ', which decide nothing';
  return `## ${capitalised(name)}, beside the floor\n\nMultiples of the floor’s${note}; ${better} is better.\n\n${gfmTable(head, rows)}`;
}

function unit({ costs }: Admitted, floor: string, scenario: ScenarioName, metric: Metric): string {
  const cost = costs.find((one) => one.scenario === scenario && one.subject === floor);
  if (!cost || isInvalid(cost.cell)) return '';
  const { serverCpuMs, requestsPerSecond } = cost.cell;
  return metric === 'server-cpu' ? milliseconds(serverCpuMs.estimate) : significant(requestsPerSecond.estimate);
}

function chance(study: Admitted, scenario: ScenarioName, metric: Metric): string {
  const found = chanceOf(study, scenario, metric);
  return found ? `${times(found.estimate)} (${span(found)})` : 'not measured';
}

function ratioCell(one: Comparison): string {
  const reason = one.verdict === 'inconclusive' && one.reason ? `: ${one.reason}` : '';
  return `**${times(one.ratio.estimate)}** (${span(one.ratio)})<br>${prose(`${verdictShort(one)}${reason}`)}`;
}

function pairTable(study: Admitted, pair: Pair, title: string): string {
  const metrics: Metric[] = ['server-cpu', 'all-cpu', 'requests-per-second', 'p99'];
  const all = metrics.flatMap((metric) => comparisonsOf(study, pair, metric));
  if (all.length === 0) return '';
  const rows = all.map((one) => [
    scenarioName(one.scenario),
    METRICS[one.metric].name,
    prose(`${one.subject} beside ${one.base}`),
    ratioCell(one),
  ]);
  return `## ${title}\n\n${gfmTable(['scenario', 'what', 'who', 'ratio, 95 %'], rows)}`;
}

function follows(study: Admitted): string {
  const all = advise(study);
  if (all.length === 0)
    return '## What follows for whom\n\nNothing: no two subjects were told apart, nor found the same.';
  const items = all.map(({ choice, when, evidence }) => {
    const proofs = evidence.map((one) => `  - ${prose(`${one.where}: ${one.words}, ${told(one.ratio)}`)}`);
    return [`- **${prose(choice)}** ${prose(when)}.`, ...proofs].join('\n');
  });
  return `## What follows for whom\n\n${items.join('\n')}`;
}

function measured(study: Admitted): string {
  const lines = fingerprint(study).map(([label, value]) => `- ${label}: ${prose(value)}`);
  return `## How it was measured\n\n${prose(method(study))}\n\n${lines.join('\n')}`;
}

function repeat(study: Admitted): string {
  const items = commands(study).map(({ command, about }) => `${fenced(command, 'sh')}\n\n${about}`);
  return `## How to repeat it\n\n${items.join('\n\n')}`;
}

function capitalised(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1);
}
