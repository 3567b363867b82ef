import type { IncomingMessage } from 'node:http';
import type { Place } from '../problem.ts';
import { isInstant, toInstant } from './instants.ts';

/** What time it is for a request, and what is wrong with the header that said so. */
export interface Reading {
  readonly now: Date;
  readonly places: readonly Place[];
}

export type Clock = (request: IncomingMessage) => Reading;

const header = 'Conformance-Now';

/**
 * The machine's clock; with the conformance clock on, a request may bring its own time.
 *
 * @rule http/conformance-clock
 */
export function clockFor(isConformanceClock: boolean): Clock {
  if (!isConformanceClock) return () => ({ now: new Date(), places: [] });
  return (request) => {
    const text = request.headers['conformance-now'];
    if (text === undefined) return { now: new Date(), places: [] };
    if (typeof text === 'string' && isInstant(text)) return { now: toInstant(text), places: [] };
    const message = 'must be one RFC 3339 instant with Z or an offset';
    return { now: new Date(), places: [{ in: 'header', pointer: `/${header}`, rule: 'format', message }] };
  };
}
