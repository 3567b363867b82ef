/** What the measurement and the process that holds the streams say to each other. */
export type ToAudience = { kind: 'open'; url: string; tokens: string[]; streams: number } | { kind: 'count' };

export type FromAudience =
  | { kind: 'opened' }
  | { kind: 'failed'; reason: string }
  | { kind: 'counted'; delivered: number; doubled: number; ended: number; micros: number[] };

/** The body of a measured message tells when it was sent, in milliseconds since 1970: see `message` of k6's scenarios. */
export const SENT_AT = /sent at (\d+)/;
