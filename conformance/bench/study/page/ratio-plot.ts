import { markup, type Markup } from '../../../report/html/markup.ts';
import { EQUIVALENCE, spreadOf } from '../../statistics/verdict.ts';
import type { Interval } from '../study.ts';
import { ratio, span, tick, times } from '../words/figures.ts';
import type { Look } from './plot/marks.ts';
import { logScale, type Scale } from './plot/scale.ts';
import { axis, emptyStrip, intervalStrip, type Band } from './plot/strip.ts';

/** A line of a dot-and-interval plot: its interval, or why there is none. */
export type RatioRow = {
  label: Markup;
  look: Look;
  /** What is compared, for those who hear the page. */
  title: string;
  interval: Interval | null;
  /** The verdict in words, or the reason why there is no number. */
  words: string;
  isCalled: boolean;
  /** What the floor differs from itself there. */
  chance: Interval | null;
  /** What stands beside it: requests/s. */
  beside: Markup | null;
};
export type RatioGroup = { title: Markup | null; rows: RatioRow[] };
export type RatioHeads = { label: string; ends: [string, string]; beside: string };

const SAME: Band = { low: 1 - EQUIVALENCE, high: 1 + EQUIVALENCE, kind: 'same' };

/** Ratios as dots with their intervals on one logarithmic axis; the numbers stand on the same line. */
export function ratioPlot(groups: readonly RatioGroup[], { label, ends, beside }: RatioHeads): Markup {
  const shown = groups.flatMap(({ rows }) =>
    rows.flatMap(({ interval, chance }) => [interval, chance && chanceBand(chance)]),
  );
  const scale = logScale([0.97, 1.03, ...shown.flatMap((one) => (one ? [one.low, one.high] : []))], 0.04);
  const head = markup`<div class="ratio-row ratio-head" aria-hidden="true"><span>${label}</span><span class="ends"><span>${ends[0]}</span><span>${ends[1]}</span></span><span>ratio, 95 %</span><span>in words</span><span>${beside}</span></div>`;
  const line = markup`<div class="ratio-row ratio-axis" aria-hidden="true"><span></span>${axis(scale, tick)}</div>`;
  return markup`<div class="ratios">${head}${line}${groups.map((group) => groupMarkup(scale, group))}${line}</div>`;
}

/** As far either way as the floor differs from itself at most: what lies in it is not called. */
function chanceBand(chance: Interval): Band {
  const spread = spreadOf(chance);
  return { low: Math.exp(-spread), high: Math.exp(spread), kind: 'chance' };
}

function groupMarkup(scale: Scale, { title, rows }: RatioGroup): Markup {
  const head = title && markup`<h3 class="ratio-title">${title}</h3>`;
  return markup`<div class="ratio-group">${head}<ul>${rows.map((row) => rowMarkup(scale, row))}</ul></div>`;
}

function rowMarkup(scale: Scale, row: RatioRow): Markup {
  const { label, look, title, interval, words, isCalled, chance, beside } = row;
  if (!interval) return markup`<li class="ratio-row is-empty">${label}${emptyStrip(words)}</li>`;
  const bands = chance ? [chanceBand(chance), SAME] : [SAME];
  const spoken = `${title}: ${times(interval.estimate)}, 95 % interval ${span(interval)}`;
  return markup`<li class="ratio-row">${label}${intervalStrip(scale, look, interval, spoken, bands)}<span class="ratio-value"><strong>${ratio(interval.estimate)}</strong> <span class="span">${span(interval)}</span></span><span class="${isCalled ? 'in-words' : 'in-words quiet'}">${words}</span><span class="beside">${beside}</span></li>`;
}
