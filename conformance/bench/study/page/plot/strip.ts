import { markup, type Markup } from '../../../../report/html/markup.ts';
import type { Interval } from '../../study.ts';
import { mark, percent, type Look } from './marks.ts';
import type { Scale } from './scale.ts';

export type Band = { low: number; high: number; kind: 'same' | 'chance' };

/** A dot with its interval, on a line of its own. */
export function intervalStrip(scale: Scale, look: Look, interval: Interval, title: string, bands: Band[] = []): Markup {
  const [left, right] = [percent(scale.at(interval.low)), percent(scale.at(interval.high))];
  const whisker = markup`<line class="whisker ${look.hue}" x1="${left}" x2="${right}" y1="50%" y2="50%"/>`;
  return strip(scale, title, [whisker, mark(look, scale.at(interval.estimate), '50%')], bands);
}

/** A bar from 0 with the interval of its end. */
export function barStrip(scale: Scale, look: Look, interval: Interval, title: string): Markup {
  const [left, right] = [percent(scale.at(interval.low)), percent(scale.at(interval.high))];
  const width = percent(scale.at(interval.estimate));
  const bar = markup`<rect class="bar-fill ${look.hue} is-${look.variant}" x="0" y="25%" width="${width}" height="50%" rx="2"/>`;
  const whisker = markup`<line class="whisker on-bar" x1="${left}" x2="${right}" y1="50%" y2="50%"/>`;
  const marks = interval.low < interval.high ? [bar, whisker] : [bar];
  return markup`<svg class="strip" role="img"><title>${title}</title>${marks}</svg>`;
}

/** Two dots, and the way from one to the other. */
export function pairStrip(
  scale: Scale,
  from: { look: Look; at: number },
  to: { look: Look; at: number },
  title: string,
): Markup {
  const [left, right] = [scale.at(from.at), scale.at(to.at)];
  const way = markup`<line class="way ${to.look.hue}" x1="${percent(left)}" x2="${percent(right)}" y1="50%" y2="50%"/>`;
  return strip(scale, title, [way, mark(from.look, left, '50%'), mark(to.look, right, '50%')]);
}

function strip(scale: Scale, title: string, marks: Markup[], bands: Band[] = []): Markup {
  return markup`<svg class="strip" role="img"><title>${title}</title>${bands.map((band) => bandMark(scale, band))}${gridLines(scale)}${marks}</svg>`;
}

/** A line of the same grid that says in words why nothing is on it. */
export function emptyStrip(words: string): Markup {
  return markup`<span class="strip refused">${words}</span>`;
}

function bandMark(scale: Scale, { low, high, kind }: Band): Markup {
  const [left, right] = [scale.at(low), scale.at(high)];
  return markup`<rect class="band is-${kind}" x="${percent(left)}" width="${percent(right - left)}" y="0" height="100%"/>`;
}

function gridLines({ at, ticks }: Scale): Markup[] {
  return ticks.map((tick) => {
    const x = percent(at(tick));
    return markup`<line class="${tick === 1 ? 'grid one' : 'grid'}" x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
  });
}

/** The numbers of the axis, over or under strips of the same scale. */
export function axis({ at, ticks }: Scale, format: (value: number) => string): Markup {
  const labels = ticks.map((tick) => markup`<text x="${percent(at(tick))}" y="13">${format(tick)}</text>`);
  return markup`<svg class="axis" aria-hidden="true">${labels}</svg>`;
}
