const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Whether the text is RFC 3339 as requests may spell it: upper-case T and Z, an offset, a day that exists, no second 60,
 * no hour 24.
 *
 * @rule http/instants
 */
export function isInstant(text: string): boolean {
  const match = form.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = match[8] === 'Z' ? [0, 0] : [Number(match[8]?.slice(1, 3)), Number(match[8]?.slice(4, 6))];
  const isTime = hour < 24 && minute < 60 && second < 60 && (offset[0] ?? 0) < 24 && (offset[1] ?? 0) < 60;
  return isTime && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The instant a valid text names, truncated to milliseconds. */
export function toInstant(text: string): Date {
  return new Date(text.replace(/(\.\d{3})\d+/, '$1'));
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
