import { markup, type Markup } from '../../../report/html/markup.ts';
import { count, number } from '../../../report/text.ts';
import type { Admitted } from '../admit.ts';
import type { Facts } from '../records.ts';
import { numbers, type Row } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';
import { linearScale, type Scale } from './plot/scale.ts';
import { barStrip } from './plot/strip.ts';

// From the request inwards. A layer that is not among them comes last.
const ORDER = ['http', 'routes', 'services', 'rules', 'repositories', 'statements', 'entities', 'schema', 'database'];

/** Where the code of each product lies. */
export function layers(study: Admitted): Markup {
  const { facts } = study;
  const names = [...new Set(facts.flatMap(({ lines }) => lines.map(({ layer }) => layer)))].toSorted(
    (left, right) => rank(left) - rank(right),
  );
  const scale = linearScale(
    facts.flatMap(({ lines }) => lines.map((one) => one.lines)),
    0,
  );
  const rows = names.map((layer): Row => [layer, ...facts.map((one) => words(one, layer))]);
  const heads = facts.map(({ product }) => markup`<span>${named(lookOf(study, product))}</span>`);
  return markup`<figure><h3>Lines by layer</h3><div class="plot panel layers" style="--products:${facts.length}">
<div class="layer-row layer-head" aria-hidden="true"><span></span>${heads}</div>
<ul>${names.map((layer) => layerRow(study, layer, scale))}</ul></div>
<figcaption>Lines that are neither empty nor comment; tests and generated code apart.</figcaption>
${numbers('Lines by layer', ['Layer', ...facts.map(({ product }) => product)], rows)}</figure>`;
}

function layerRow(study: Admitted, layer: string, scale: Scale): Markup {
  const cells = study.facts.map((one) => {
    const value = linesIn(one, layer);
    const whole = { estimate: value, low: value, high: value };
    const bar = barStrip(scale, lookOf(study, one.product), whole, `${layer}, ${one.product}: ${value} lines`);
    return markup`<span class="layer-bar">${bar}<span class="bar-value">${value === 0 ? '–' : number(value)}</span></span>`;
  });
  return markup`<li class="layer-row"><span>${layer}</span>${cells}</li>`;
}

function words({ lines }: Facts, layer: string): string {
  const found = lines.find((one) => one.layer === layer);
  return found ? `${number(found.lines)} in ${count(found.files, 'file')}` : '–';
}

function linesIn({ lines }: Facts, layer: string): number {
  return lines.find((one) => one.layer === layer)?.lines ?? 0;
}

function rank(layer: string): number {
  const found = ORDER.indexOf(layer);
  return found < 0 ? ORDER.length : found;
}
