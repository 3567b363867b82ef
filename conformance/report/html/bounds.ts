import { quantity, type Measured, type Sample } from '../measured.ts';
import type { Summary } from '../summarise.ts';
import { markup, type Markup } from './markup.ts';
import { anchorOf, spokenSymbol } from './outcomes.ts';

/** What was measured, against the bound that its rule states. */
export function bounds({ measured, targets }: Summary): Markup | null {
  if (measured.length === 0) return null;
  const heads = targets.map(({ name }) => markup`<th scope="col"><bdi>${name}</bdi></th>`);
  return markup`<section id="measured" aria-labelledby="measured-title">
<h2 id="measured-title">Measured against bounds</h2>
<p class="quiet">The worst value of each target; the mark is the bound.</p>
<table class="measured${targets.length > 2 ? ' many' : ''}">
<thead><tr><th scope="col">Quantity</th>${heads}<th scope="col" class="bound">Bound</th></tr></thead>
<tbody>${measured.map(row)}</tbody>
</table>
</section>`;
}

function row(one: Measured): Markup {
  const bound = one.bound === null ? 'none' : quantity(one.bound, one.unit);
  const cells = one.samples.map((sample) => markup`<td>${sample ? value(sample, one) : '–'}</td>`);
  return markup`<tr><th scope="row"><span dir="auto">${one.name}</span> <a href="#${anchorOf(one.row.id)}"><code>${one.row.id}</code></a></th>${cells}<td class="bound">${bound}</td></tr>
`;
}

function value(sample: Sample, { unit, bound }: Measured): Markup {
  const words = markup`<span class="value">${sample.isOver ? spokenSymbol('fail') : null} ${quantity(sample.value, unit)}</span>`;
  if (bound === null || bound <= 0) return words;
  const scale = Math.max(bound * 1.25, sample.value);
  const state = sample.isOver ? ' is-over' : '';
  return markup`${words}<span class="gauge${state}" aria-hidden="true"><span style="width:${share(sample.value, scale)}%"></span><i style="left:${share(bound, scale)}%"></i></span>`;
}

function share(part: number, whole: number): number {
  return Math.round((part / whole) * 1_000) / 10;
}
