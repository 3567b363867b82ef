// PostgreSQL has no year 0, and a year beyond 9999 is spelled in its own way.
const FIRST = new Date('0001-01-01T00:00:00.000Z');
const LAST = new Date('9999-12-31T23:59:59.999Z');

/** The nearest instant that every comparison in the database can take. */
export function clamped(instant: Date): Date {
  if (instant < FIRST) return FIRST;
  return instant > LAST ? LAST : instant;
}
