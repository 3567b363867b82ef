import { markup, type Markup } from '../../../report/html/markup.ts';
import type { Admitted } from '../admit.ts';
import type { Part } from '../study.ts';
import { absence, isMeasured } from '../words/parts.ts';

export type Section = { id: string; title: string; short: string; body: Markup };
export type Row = (string | Markup)[];

/** A section of the page; null when it has no body. */
export function section(id: string, title: string, short: string, body: Markup | null): Section | null {
  return body && { id, title, short, body };
}

export function sectionMarkup({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}

/** A part's body; in a full study, why it is missing; in a quick one nothing, for it stands in the list of what is missing. */
export function partOr(study: Admitted, part: Part, body: () => Markup): Markup | null {
  if (isMeasured(study, part)) return body();
  if (study.header.profile !== 'full') return null;
  return markup`<p class="absent"><strong>Not measured</strong> <span>${part}: ${absence(study, part)}</span></p>`;
}

/** A plot with its words, and the same numbers as a table. */
export function figure(caption: string | Markup, plot: Markup | Markup[], table: Markup | null): Markup {
  return markup`<figure>
<div class="plot">${plot}</div>
<figcaption>${caption}</figcaption>
${table}
</figure>`;
}

/** The numbers of a plot, behind a line that opens them. The first column names the rows. */
export function numbers(caption: string, head: string[], rows: Row[], summary = 'The numbers'): Markup {
  return markup`<details class="numbers"><summary>${summary}</summary>${table(caption, head, rows)}</details>`;
}

export function table(caption: string, head: readonly string[], rows: readonly Row[]): Markup {
  const heads = head.map((title) => markup`<th scope="col">${title}</th>`);
  const lines = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((value) => markup`<td>${value}</td>`);
    return markup`<tr><th scope="row">${first}</th>${cells}</tr>
`;
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="data"><caption class="spoken">${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

/** What stands where a number would stand. */
export function refused(words: string): Markup {
  return markup`<span class="refused">${words}</span>`;
}
