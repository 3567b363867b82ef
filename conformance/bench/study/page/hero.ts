import { markup, type Markup } from '../../../report/html/markup.ts';
import { count } from '../../../report/text.ts';
import type { Admitted } from '../admit.ts';
import type { ProductName } from '../records.ts';
import type { Comparison, Metric } from '../study.ts';
import { METRICS, verdictShort } from '../words/comparisons.ts';
import { ratio, span, times } from '../words/figures.ts';
import { capital, headline, leading, shippedNames } from '../words/headline.ts';
import { instant, warnings } from '../words/method.ts';
import { comparisonsOf, type Pair } from '../words/pairs.ts';
import { onScenario } from '../words/scenarios.ts';
import { MADE_OF, refusal, subjectOf } from '../words/subjects.ts';
import { missing } from './method.ts';
import { key, lookOf, named } from './plot/marks.ts';

/** The study in a sentence with its interval, and a card for each backend and for the two together. */
export function hero(study: Admitted): Markup {
  const { header } = study;
  const { sentence, interval } = headline(study);
  const facts = [
    `${capital(header.profile)} study`,
    count(header.scenarios.length, 'scenario'),
    ...(header.profile === 'load' ? [] : [count(header.design.blocks, 'block')]),
    instant(header.startedAt),
    `commit ${header.commit.slice(0, 10)}`,
  ];
  const names = header.profile === 'load' ? [] : shippedNames(study);
  const leads = warnings(study).map((words) => markup`<p class="banner" role="note">${words}</p>`);
  const said = interval ? markup`<p class="headline-interval">Ratio ${interval}</p>` : null;
  return markup`${leads}<section class="hero" aria-labelledby="headline">
<h1 id="headline">${sentence.replaceAll('-', '\u2011')}</h1>
${said}
<p class="lede">${facts.join(' · ')}</p>
<div class="cards">${names.map((name) => card(study, name))}${both(study)}</div>
${missing(study)}
</section>`;
}

function card(study: Admitted, name: string): Markup {
  const product: ProductName = subjectOf(study, name)?.product ?? 'floor';
  const why = refusal(study, name);
  const head = markup`<h2>${named(lookOf(study, name))}</h2><p class="stack">${MADE_OF[product]}</p>`;
  if (why) {
    return markup`<article class="card is-fail">${head}<p class="verdict">No numbers</p><p class="reason">${why}</p></article>`;
  }
  const one = leading(comparisonsOf(study, 'floor', 'server-cpu').filter(({ subject }) => subject === name));
  if (!one) return markup`<article class="card">${head}<p class="reason">Not compared with the floor.</p></article>`;
  const beside = metricsBeside(study, 'floor', one);
  return markup`<article class="card of-${product}">${head}${big(one, 'the floor’s server CPU a request')}${beside}</article>`;
}

function both(study: Admitted): Markup | null {
  const one = leading(comparisonsOf(study, 'backends', 'server-cpu'));
  if (!one) return null;
  const head = markup`<h2><span class="named">${key(lookOf(study, one.subject))}${key(lookOf(study, one.base))} One against the other</span></h2><p class="stack">${one.subject} beside ${one.base}, both as shipped</p>`;
  return markup`<article class="card">${head}${big(one, `${one.base}’s server CPU a request`)}${metricsBeside(study, 'backends', one)}</article>`;
}

function big(one: Comparison, unit: string): Markup {
  return markup`<p class="big">${ratio(one.ratio.estimate)}<span class="times"> ×</span></p>
<p class="big-unit">${unit} ${onScenario(one.scenario)}</p>
<p class="big-interval">95 %: <strong>${span(one.ratio)}</strong> · ${verdictShort(one)}</p>`;
}

/** The other metrics of the same pair, smaller: they stand beside and decide nothing. */
function metricsBeside(study: Admitted, pair: Pair, { scenario, subject, base }: Comparison): Markup {
  const metrics: Metric[] = ['requests-per-second', 'p99'];
  const items = metrics.flatMap((metric) => {
    const one = comparisonsOf(study, pair, metric).find(
      (other) => other.scenario === scenario && other.subject === subject && other.base === base,
    );
    return one
      ? [
          markup`<div><dt>${METRICS[metric].name}</dt><dd><strong>${times(one.ratio.estimate)}</strong> <span class="quiet">${span(one.ratio)} · ${verdictShort(one)}</span></dd></div>`,
        ]
      : [];
  });
  return markup`<dl class="card-facts">${items}</dl>`;
}
