import { markup, type Markup } from '../../../report/html/markup.ts';
import { isInvalid, whyNoRatio, type Admitted } from '../admit.ts';
import type { ScenarioName } from '../records.ts';
import type { Comparison } from '../study.ts';
import { verdictShort } from '../words/comparisons.ts';
import { milliseconds, significant, times } from '../words/figures.ts';
import { comparisonsOf } from '../words/pairs.ts';
import { scenarioAbout, scenarioName } from '../words/scenarios.ts';
import { chanceOf, isOnNode, isShipped } from '../words/subjects.ts';
import { besideFloor } from '../words/tally.ts';
import { costTable, ratioTable } from './cpu-tables.ts';
import { legend } from './legend.ts';
import { figure, section, type Section } from './parts.ts';
import { key, lookOf, named } from './plot/marks.ts';
import { ratioPlot, type RatioGroup, type RatioRow } from './ratio-plot.ts';

/** The gate: CPU time a request of each subject as a multiple of the floor's. */
export function cpu(study: Admitted): Section | null {
  const comparisons = comparisonsOf(study, 'floor', 'server-cpu');
  const beside = comparisonsOf(study, 'floor', 'requests-per-second');
  const names = compared(study);
  const groups = study.header.scenarios.map((scenario) => group(study, scenario, names, comparisons, beside));
  const plot = ratioPlot(groups, { label: 'subject', ends: ['← less CPU', 'more CPU →'], beside: 'requests/s' });
  const said = names
    .filter((name) => isShipped(study, name))
    .flatMap((name) => {
      const words = besideFloor(name, comparisons);
      return words ? [markup`<li>${key(lookOf(study, name))} <span>${words}</span></li>`] : [];
    });
  const control = study.header.subjects.flatMap(({ name, role }) => (role === 'control' ? [name] : []));
  const body = markup`<ul class="lead findings">${said}</ul>
${legend(study, [...names, ...control], [bandKey('same', 'within 3 %: the same'), bandKey('chance', 'floor against floor: chance')])}
${figure(markup`Server CPU time a request as a multiple of the floor’s; less is better. The dark line at 1 is the floor; a mark is a ratio, the line through it its 95 % interval. Requests/s stand beside it as multiples too (there more is better), and decide nothing.`, plot, markup`${ratioTable(study, 'floor')}${costTable(study)}`)}`;
  return section('cpu', 'CPU a request, beside the floor', 'CPU', body);
}

function compared(study: Admitted): string[] {
  const subjects = study.header.subjects.filter((subject) => subject.role === 'measured' && isOnNode(study, subject));
  return subjects.map(({ name }) => name);
}

function group(
  study: Admitted,
  scenario: ScenarioName,
  names: readonly string[],
  comparisons: readonly Comparison[],
  beside: readonly Comparison[],
): RatioGroup {
  const chance = chanceOf(study, scenario, 'server-cpu');
  const rows = names.map((name) => {
    const isIt = (one: Comparison) => one.scenario === scenario && one.subject === name;
    return row(study, scenario, name, comparisons.find(isIt), beside.find(isIt));
  });
  const control = study.header.subjects.find(({ role }) => role === 'control')?.name;
  const again = chance && control ? [controlRow(study, control, scenario, chance)] : [];
  return { title: groupTitle(study, scenario), rows: [...rows, ...again] };
}

function row(
  study: Admitted,
  scenario: ScenarioName,
  name: string,
  comparison: Comparison | undefined,
  beside: Comparison | undefined,
): RatioRow {
  const floor = study.header.subjects.find(({ role }) => role === 'floor')?.name ?? 'floor';
  const look = lookOf(study, name);
  return {
    label: named(look),
    look,
    title: `${name} beside the floor, ${scenarioName(scenario)}`,
    interval: comparison?.ratio ?? null,
    words: comparison ? verdictShort(comparison) : (whyNoRatio(study, scenario, name, floor) ?? 'not measured'),
    isCalled: comparison !== undefined && comparison.verdict !== 'inconclusive',
    chance: chanceOf(study, scenario, 'server-cpu'),
    beside: beside ? besideWords(beside) : null,
  };
}

/** Requests/s beside the gate. */
export function besideWords({ ratio }: Comparison): Markup {
  return markup`<span class="beside-name">requests/s </span>${times(ratio.estimate)}`;
}

function controlRow(study: Admitted, name: string, scenario: ScenarioName, interval: Comparison['ratio']): RatioRow {
  const look = lookOf(study, name);
  const title = `${name} beside the floor, ${scenarioName(scenario)}`;
  return {
    label: named(look),
    look,
    title,
    interval,
    words: 'chance',
    isCalled: false,
    chance: interval,
    beside: null,
  };
}

function groupTitle(study: Admitted, scenario: ScenarioName): Markup {
  const floor = study.header.subjects.find(({ role }) => role === 'floor')?.name;
  const cost = study.costs.find((one) => one.scenario === scenario && one.subject === floor);
  const unit =
    cost && !isInvalid(cost.cell)
      ? markup`<span class="unit">floor ${milliseconds(cost.cell.serverCpuMs.estimate)} CPU, ${significant(cost.cell.requestsPerSecond.estimate)} requests/s</span>`
      : null;
  return markup`<span>${scenarioName(scenario)} <span class="quiet">${scenarioAbout(scenario)}</span></span>${unit}`;
}

function bandKey(kind: 'same' | 'chance', words: string): Markup {
  return markup`<li><span class="band-key is-${kind}"></span> <span class="quiet">${words}</span></li>`;
}
