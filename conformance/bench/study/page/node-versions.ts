import { markup } from '../../../report/html/markup.ts';
import { whyNoRatio, type Admitted } from '../admit.ts';
import { verdictShort } from '../words/comparisons.ts';
import { comparisonsOf } from '../words/pairs.ts';
import { scenarioName } from '../words/scenarios.ts';
import { chanceOf, isOnNode, majorOf } from '../words/subjects.ts';
import { besideWords } from './cpu.ts';
import { ratioTable } from './cpu-tables.ts';
import { figure, partOr, section, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';
import { ratioPlot, type RatioGroup } from './ratio-plot.ts';

/** The same code on an older Node, beside itself. */
export function nodeVersions(study: Admitted): Section | null {
  const body = partOr(study, 'node versions', () => {
    const groups = study.header.scenarios
      .map((scenario) => group(study, scenario))
      .filter(({ rows }) => rows.length > 0);
    const ends: [string, string] = ['← spends less', 'spends more →'];
    const plot = ratioPlot(groups, { label: 'subject', ends, beside: 'requests/s' });
    const caption =
      'Server CPU time a request as a multiple of the same backend’s on the study’s own Node; less is better.';
    return markup`<p class="lead">${sentence(study)}</p>${figure(caption, plot, ratioTable(study, 'node'))}`;
  });
  return section('node', title(study), 'Node', body);
}

function title(study: Admitted): string {
  const { own, others } = majors(study);
  return others.length > 0 ? `Node ${others.join(', ')} against ${own}` : 'Node versions';
}

function sentence(study: Admitted): string {
  const all = comparisonsOf(study, 'node', 'server-cpu');
  const of = (verdict: string) => all.filter((one) => one.verdict === verdict).length;
  const { own, others } = majors(study);
  return `Of ${all.length} comparisons of a backend with itself, Node ${others.join(', ')} spends more CPU than Node ${own} in ${of('slower')}, less in ${of('faster')}, the same within 3\u00a0% in ${of('equivalent')}; ${of('inconclusive')} were not told apart.`;
}

function majors({ header }: Admitted): { own: string; others: string[] } {
  const own = majorOf(header.subjects.find(({ role }) => role === 'floor')?.node ?? '');
  const all = new Set(header.subjects.map(({ node }) => majorOf(node)));
  return { own, others: [...all].filter((one) => one !== own) };
}

function group(study: Admitted, scenario: Admitted['header']['scenarios'][number]): RatioGroup {
  const others = study.header.subjects.filter((subject) => subject.role === 'measured' && !isOnNode(study, subject));
  const requests = comparisonsOf(study, 'node', 'requests-per-second');
  const rows = others.map(({ name, product }) => {
    const found = comparisonsOf(study, 'node', 'server-cpu').find(
      (one) => one.scenario === scenario && one.subject === name,
    );
    const beside = requests.find((one) => one.scenario === scenario && one.subject === name);
    const look = lookOf(study, name);
    return {
      label: named(look),
      look,
      title: `${name} beside ${product}, ${scenarioName(scenario)}`,
      interval: found?.ratio ?? null,
      words: found ? verdictShort(found) : (whyNoRatio(study, scenario, name, product) ?? 'not measured'),
      isCalled: found !== undefined && found.verdict !== 'inconclusive',
      chance: chanceOf(study, scenario, 'server-cpu'),
      beside: beside ? besideWords(beside) : null,
    };
  });
  return { title: markup`<span>${scenarioName(scenario)}</span>`, rows };
}
