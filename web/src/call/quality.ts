import type { Quality } from './call-session.ts';

/** What was received since the call began, of all streams together, and the present delay. */
export type Reception = { received: number; lost: number; roundTripMs: number | null };

/** Of the packets of the last seconds, from when on speech suffers, and from when on it breaks up. */
const lossBounds = { fair: 0.03, poor: 0.1 };
const delayBounds = { fair: 300, poor: 700 };

/** How well the far side was received between two readings; nothing received says nothing: all may be off. */
export function qualityOf(before: Reception | null, now: Reception): Quality {
  const received = now.received - (before?.received ?? 0);
  const lost = Math.max(0, now.lost - (before?.lost ?? 0));
  if (received + lost <= 0) return 'unknown';
  const loss = lost / (received + lost);
  const delay = now.roundTripMs ?? 0;
  if (loss >= lossBounds.poor || delay >= delayBounds.poor) return 'poor';
  return loss >= lossBounds.fair || delay >= delayBounds.fair ? 'fair' : 'good';
}

/** Reads a report of a connection that the browser itself holds. */
export function receptionIn(report: RTCStatsReport): Reception {
  const reception: Reception = { received: 0, lost: 0, roundTripMs: null };
  for (const entry of report.values() as Iterable<Record<string, unknown>>) {
    if (entry['type'] === 'inbound-rtp') {
      reception.received += numberOf(entry['packetsReceived']);
      reception.lost += numberOf(entry['packetsLost']);
    }
    if (entry['type'] === 'candidate-pair' && entry['nominated'] === true && entry['state'] === 'succeeded')
      reception.roundTripMs = numberOf(entry['currentRoundTripTime']) * 1000;
  }
  return reception;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
