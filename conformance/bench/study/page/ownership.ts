import { markup, type Markup } from '../../../report/html/markup.ts';
import { bytes, count, duration, number } from '../../../report/text.ts';
import { whyNoFacts, type Admitted } from '../admit.ts';
import type { Facts, ProductName } from '../records.ts';
import { median } from '../words/figures.ts';
import { MADE_OF } from '../words/subjects.ts';
import { layers } from './layers.ts';
import { logs } from './logs.ts';
import { partOr, refused, section, table, type Row, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';

const PRODUCTS: ProductName[] = ['floor', 'backend-a', 'backend-b'];

/** What there is to read, install, build and test. */
export function ownership(study: Admitted): Section | null {
  const body = partOr(study, 'cost of ownership', () => {
    const refusals = PRODUCTS.flatMap((product) => {
      const why = whyNoFacts(study, product);
      return why ? [markup`<p>${named(lookOf(study, product))} ${refused(why)}</p>`] : [];
    });
    return markup`<p class="lead">What a team would have to read, install, build and test. The floor serves the measured operations alone, so its size is not a whole backend’s.</p>
${refusals}
${sizes(study)}
${layers(study)}
${logs(study)}`;
  });
  return section('own', 'What it costs to own', 'Ownership', body);
}

function sizes(study: Admitted): Markup {
  const { facts } = study;
  const heads = ['', ...facts.map(({ product }) => product)];
  const row = (title: string, of: (one: Facts) => string | Markup): Row => [title, ...facts.map(of)];
  const rows = [
    row('Made of', ({ product }) => MADE_OF[product]),
    row('Lines of code', (one) => number(linesOf(one))),
    row('Lines of tests', ({ testLines }) => number(testLines)),
    row('Direct dependencies', ({ dependencies }) => number(dependencies.direct.length)),
    row('With theirs', withTheirs),
    row('Installed size', installed),
    row('Build', ({ buildMs }) => timesOf(buildMs)),
    row('Tests', ({ testMs }) => timesOf(testMs)),
  ];
  return markup`${table('Size, dependencies and times of each product', heads, rows)}${dependencies(study)}`;
}

function dependencies(study: Admitted): Markup {
  const columns = study.facts.map(
    ({ product, dependencies: { direct } }) =>
      markup`<div class="sql"><h4>${named(lookOf(study, product))}</h4><p>${direct.join(', ') || 'none'}</p></div>`,
  );
  return markup`<details class="texts"><summary>The direct dependencies</summary><div class="sqls">${columns}</div></details>`;
}

function withTheirs({ dependencies: { transitive, optionalPeers } }: Facts): Markup {
  const peers = optionalPeers > 0 ? `${number(optionalPeers)} of them optional peers` : '';
  return markup`${count(transitive, 'package')} <span class="quiet">${peers}</span>`;
}

function installed({ installBytes, optionalPeerBytes }: Facts): Markup {
  const peers = optionalPeerBytes > 0 ? `${bytes(optionalPeerBytes)} of it optional peers` : '';
  return markup`${bytes(installBytes)} <span class="quiet">${peers}</span>`;
}

/** The middle of some times, and their range. */
function timesOf(values: readonly number[]): string | Markup {
  if (values.length === 0) return '–';
  const range = markup`<span class="quiet">${duration(Math.min(...values))}–${duration(Math.max(...values))}</span>`;
  return values.length === 1 ? duration(median(values)) : markup`${duration(median(values))} ${range}`;
}

function linesOf({ lines }: Facts): number {
  return lines.reduce((sum, one) => sum + one.lines, 0);
}
