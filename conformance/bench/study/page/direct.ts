import { markup } from '../../../report/html/markup.ts';
import { whyNoRatio, type Admitted } from '../admit.ts';
import type { ScenarioName } from '../records.ts';
import type { Comparison } from '../study.ts';
import { verdictShort, wonBy } from '../words/comparisons.ts';
import { capital, shippedNames } from '../words/headline.ts';
import { comparisonsOf } from '../words/pairs.ts';
import { scenarioName } from '../words/scenarios.ts';
import { chanceOf } from '../words/subjects.ts';
import { tally } from '../words/tally.ts';
import { besideWords } from './cpu.ts';
import { ratioTable } from './cpu-tables.ts';
import { figure, refused, section, type Section } from './parts.ts';
import { lookOf, type Look } from './plot/marks.ts';
import { ratioPlot, type RatioRow } from './ratio-plot.ts';

/** One backend against the other, without the floor between them. */
export function direct(study: Admitted): Section | null {
  const comparisons = comparisonsOf(study, 'backends', 'server-cpu');
  const [first] = comparisons;
  const [one = 'backend-a', other = 'backend-b'] = first ? [first.subject, first.base] : shippedNames(study);
  const title = `${one} against ${other}`;
  if (!first && study.header.profile !== 'full' && shippedNames(study).length < 2) return null;
  if (!first) {
    const why = study.header.scenarios.flatMap((scenario) => whyNoRatio(study, scenario, one, other) ?? [])[0];
    const words = markup`<p class="absent"><strong>Not compared</strong> ${refused(why ?? 'no comparison was made')}</p>`;
    return section('direct', title, 'A against B', words);
  }
  const beside = comparisonsOf(study, 'backends', 'requests-per-second');
  const rows = study.header.scenarios.map((scenario) => row(study, scenario, [one, other], comparisons, beside));
  const ends: [string, string] = [`← ${one} spends less`, `${other} spends less →`];
  const groups = [{ title: null, rows }];
  const plot = ratioPlot(groups, { label: 'scenario', ends, beside: 'requests/s' });
  const caption = markup`Server CPU time a request of ${one} as a multiple of ${other}’s, both as shipped. The mark is the one’s that spends less; an empty ring where nobody is said to. The light band is 3 % either way, the darker one what the floor differs from itself.`;
  const body = markup`<p class="lead">${capital(tally(comparisons))}</p>${figure(caption, plot, ratioTable(study, 'backends'))}`;
  return section('direct', title, 'A against B', body);
}

function row(
  study: Admitted,
  scenario: ScenarioName,
  [one, other]: [string, string],
  comparisons: readonly Comparison[],
  beside: readonly Comparison[],
): RatioRow {
  const found = comparisons.find((comparison) => comparison.scenario === scenario);
  const requests = beside.find((comparison) => comparison.scenario === scenario);
  const why = whyNoRatio(study, scenario, one, other);
  return {
    label: markup`<span class="named">${scenarioName(scenario)}</span>`,
    look: winner(study, found),
    title: `${one} beside ${other}, ${scenarioName(scenario)}`,
    interval: found?.ratio ?? null,
    words: found ? verdictShort(found) : (why ?? 'not measured'),
    isCalled: found !== undefined && found.verdict !== 'inconclusive',
    chance: chanceOf(study, scenario, 'server-cpu'),
    beside: requests ? besideWords(requests) : null,
  };
}

function winner(study: Admitted, comparison: Comparison | undefined): Look {
  const won = comparison && wonBy(comparison);
  if (won) return lookOf(study, won.subject);
  return { ...lookOf(study, 'backend-a'), hue: 'of-nobody', variant: 'hollow' };
}
