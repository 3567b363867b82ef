export type Span = { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number };

/** The instant that lies a span after another (before it when negative), in UTC with milliseconds. */
export function later(instant: string, span: Span): string {
  return new Date(Date.parse(instant) + milliseconds(span)).toISOString();
}

/** A whole second that lies a span after real time. */
export function fromNow(span: Span): string {
  const second = Math.floor(Date.now() / 1000) * 1000;
  return new Date(second + milliseconds(span)).toISOString();
}

function milliseconds({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
}
