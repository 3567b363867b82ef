import { markup, type Markup } from '../../../report/html/markup.ts';
import type { Admitted } from '../admit.ts';
import { advise, type Advice } from '../words/advice.ts';
import { span, times } from '../words/figures.ts';
import { section, type Section } from './parts.ts';

/** What follows for whom, each with the numbers that it follows from. */
export function advice(study: Admitted): Section | null {
  const all = advise(study);
  const body =
    all.length === 0
      ? markup`<p class="lead">Nothing follows: no two subjects that keep the contract were told apart, nor found the same.</p>`
      : markup`<p class="quiet">Each line comes from verdicts of this study and ends with the ratio and its 95 % interval.</p><ul class="advice">${all.map(item)}</ul>`;
  return section('follows', 'What follows for whom', 'What follows', body);
}

function item({ choice, when, evidence }: Advice): Markup {
  return markup`<li><p class="choice"><strong>${choice}</strong> ${when}.</p><ul class="evidence">${evidence.map(
    ({ where, words, ratio }) =>
      markup`<li><span>${where}</span> <span>${words}</span> <span class="span"><strong>${times(ratio.estimate)}</strong> ${span(ratio)}</span></li>`,
  )}</ul></li>`;
}
