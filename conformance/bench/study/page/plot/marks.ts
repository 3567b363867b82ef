import { markup, verbatim, type Markup } from '../../../../report/html/markup.ts';
import type { ProductName } from '../../records.ts';
import type { Study } from '../../study.ts';
import { isOnNode, subjectOf } from '../../words/subjects.ts';

const SHAPES: Record<ProductName, string> = {
  floor: 'M0-6.2L6.2 0L0 6.2L-6.2 0Z',
  'backend-a': 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z',
  'backend-b': 'M-4.5-4.5h9v9h-9Z',
};

/** How a subject looks everywhere: its product's hue and shape; filled as shipped, hollow otherwise, with a dot on another Node. */
export type Look = { name: string; hue: string; shape: string; variant: 'solid' | 'hollow' | 'dotted' };

export function lookOf(study: Study, name: string): Look {
  const subject = subjectOf(study, name);
  if (!subject) return { name, hue: 'of-floor', shape: SHAPES.floor, variant: 'hollow' };
  const isOther = subject.role === 'control' || subject.series === 'orm';
  const variant = isOnNode(study, subject) ? (isOther ? 'hollow' : 'solid') : 'dotted';
  return { name, hue: `of-${subject.product}`, shape: SHAPES[subject.product], variant };
}

/** A mark in a plot; `x` is a share of its width. */
export function mark(look: Look, x: number, y: string): Markup {
  return markup`<svg class="mark ${look.hue} is-${look.variant}" x="${percent(x)}" y="${y}">${glyph(look)}</svg>`;
}

/** The same mark in a line of text. */
export function key(look: Look): Markup {
  return markup`<svg class="key mark ${look.hue} is-${look.variant}" width="15" height="15" viewBox="-7.5 -7.5 15 15" aria-hidden="true">${glyph(look)}</svg>`;
}

/** A subject's name behind its mark. */
export function named(look: Look): Markup {
  return markup`<span class="named">${key(look)} <bdi>${look.name}</bdi></span>`;
}

function glyph({ shape, variant }: Look): Markup {
  const dot = variant === 'dotted' ? markup`<circle class="dot" r="1.7"/>` : null;
  return markup`<path d="${verbatim(shape)}"/>${dot}`;
}

/** Two digits are a tenth of a pixel on paper: the page stays small and always the same. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
