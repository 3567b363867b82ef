import { expect, it } from 'vitest';
import { qualityOf, receptionIn } from './quality.ts';

const at = (received: number, lost: number, roundTripMs: number | null = 40) => ({ received, lost, roundTripMs });

it.each([
  ['good', at(1000, 0), at(1200, 1)],
  ['fair', at(1000, 0), at(1095, 5)],
  ['poor', at(1000, 0), at(1080, 20)],
  ['fair', at(1000, 0), at(1200, 0, 350)],
  ['poor', at(1000, 0), at(1200, 0, 900)],
  ['unknown', at(1000, 0), at(1000, 0)],
  ['good', null, at(100, 0, null)],
] as const)('is %s by what came since the last reading', (quality, before, now) => {
  expect(qualityOf(before, now)).toBe(quality);
});

it('does not count packets that were found again as lost', () => {
  expect(qualityOf(at(1000, 50), at(1100, 40))).toBe('good');
});

it('reads the streams and the way in use out of a report', () => {
  const report = new Map<string, object>([
    ['audio', { type: 'inbound-rtp', packetsReceived: 10, packetsLost: 1 }],
    ['video', { type: 'inbound-rtp', packetsReceived: 30, packetsLost: 2 }],
    ['idle', { type: 'candidate-pair', nominated: false, state: 'waiting', currentRoundTripTime: 9 }],
    ['used', { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.05 }],
  ]);
  expect(receptionIn(report as RTCStatsReport)).toEqual({ received: 40, lost: 3, roundTripMs: 50 });
});
