/** Half-open spans of time in milliseconds: back to back is no overlap. */
export type Span = { start: number; end: number };

export function spanOf(times: { startsAt: string; endsAt: string }): Span {
  return { start: Date.parse(times.startsAt), end: Date.parse(times.endsAt) };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** In order, with those that touch or overlap made one. */
export function mergeSpans(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

export function clipSpans(spans: Span[], to: Span): Span[] {
  return spans
    .filter((span) => overlaps(span, to))
    .map((span) => ({ start: Math.max(span.start, to.start), end: Math.min(span.end, to.end) }));
}
