import { markup, type Markup } from '../../../../report/html/markup.ts';
import { mark, percent, type Look } from './marks.ts';
import type { Scale } from './scale.ts';

export type Point = { x: number; y: number; low?: number; high?: number };
/** `gaps` are the places on the x axis whose numbers do not count. A null point breaks the line. */
export type Line = { look: Look; points: (Point | null)[]; gaps?: number[]; isDotted?: boolean; isPlain?: boolean };
export type Axis = { scale: Scale; format: (value: number) => string };
export type LinePlot = { title: string; description: string; x: Axis; y: Axis; lines: Line[]; hasMarks: boolean };

const HEIGHT = 216;
const TOP = 22;
const BOTTOM = HEIGHT - 26;
// The numbers of the y axis stand inside the plot, above their line, so that the width can be any.
const LEFT = 0.13;
const RIGHT = 0.97;

/** Lines over an axis. Only heights are pixels; widths are shares, so that text keeps its size on a telephone. */
export function linePlot({ title, description, x, y, lines, hasMarks }: LinePlot): Markup {
  return markup`<svg class="lines" role="img" height="${HEIGHT}"><title>${title}</title><desc>${description}</desc>
${y.scale.ticks.map((tick) => horizontal(y, tick))}${x.scale.ticks.map((tick) => vertical(x, tick))}
<svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" width="100%" height="${HEIGHT}">${lines.map((line) => curve(line, x, y))}</svg>
${lines.flatMap((line) => [...(hasMarks && !line.isPlain ? marks(line, x, y) : []), ...gapMarks(line, x)])}</svg>`;
}

function across(axis: Axis, value: number): number {
  return LEFT + (RIGHT - LEFT) * axis.scale.at(value);
}

function up(axis: Axis, value: number): number {
  return Number((BOTTOM - (BOTTOM - TOP) * axis.scale.at(value)).toFixed(1));
}

function horizontal(axis: Axis, tick: number): Markup {
  const y = up(axis, tick);
  return markup`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="tick" x="0" y="${Number((y - 4).toFixed(1))}">${axis.format(tick)}</text>`;
}

function vertical(axis: Axis, tick: number): Markup {
  const x = percent(across(axis, tick));
  return markup`<line class="notch" x1="${x}" x2="${x}" y1="${BOTTOM}" y2="${BOTTOM + 5}"/><text class="tick middle" x="${x}" y="${BOTTOM + 20}">${axis.format(tick)}</text>`;
}

function curve({ look, points, isDotted = false }: Line, x: Axis, y: Axis): Markup {
  let isDown = false;
  const steps = points.map((point) => {
    if (!point) {
      isDown = false;
      return '';
    }
    const step = `${isDown ? 'L' : 'M'}${Number((across(x, point.x) * 100).toFixed(2))} ${up(y, point.y)}`;
    isDown = true;
    return step;
  });
  const style = isDotted || look.variant !== 'solid' ? ' is-dashed' : '';
  return markup`<path class="curve ${look.hue}${style}" vector-effect="non-scaling-stroke" d="${steps.join('')}"/>`;
}

function marks({ look, points }: Line, x: Axis, y: Axis): Markup[] {
  return points.flatMap((point) => {
    if (!point) return [];
    const left = across(x, point.x);
    const { low, high } = point;
    const whisker =
      low === undefined || high === undefined
        ? null
        : markup`<line class="whisker ${look.hue}" x1="${percent(left)}" x2="${percent(left)}" y1="${up(y, low)}" y2="${up(y, high)}"/>`;
    return [markup`${whisker}${mark(look, left, String(up(y, point.y)))}`];
  });
}

function gapMarks({ look, gaps = [] }: Line, x: Axis): Markup[] {
  return gaps.map(
    (gap) =>
      markup`<svg class="invalid-mark ${look.hue}" x="${percent(across(x, gap))}" y="12"><path d="M-4-4L4 4M4-4L-4 4"/></svg>`,
  );
}
