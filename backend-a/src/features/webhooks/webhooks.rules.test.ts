import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { at } from '../appointments/appointment.sample.ts';
import type { Place } from '../calls/call.ts';
import { afterCallback, placeAfter, roomStatusOf, signatureOf, type Told } from './webhooks.rules.ts';

const joined: Place = {
  roomId: 'room',
  connectionId: 'c',
  joinedAt: at('09:55:00.000'),
  connectedAt: null,
  seenAt: null,
  leftAt: null,
};

describe('signatureOf', () => {
  const url = 'https://duet.example/v1/webhooks/twilio/rooms';
  const form: [string, string][] = [
    ['RoomName', 'ä & b'],
    ['AccountSid', 'AC'],
    ['x', '2'],
    ['x', '1'],
    ['x', '2'],
  ];

  test("is what Twilio's own package makes", () => {
    const theirs = getExpectedTwilioSignature('token', url, {
      RoomName: 'ä & b',
      AccountSid: 'AC',
      x: ['2', '1', '2'],
    });
    expect(signatureOf(url, form, 'token')).toBe(theirs);
  });
});

describe('roomStatusOf', () => {
  const form: [string, string][] = [
    ['StatusCallbackEvent', 'room-ended'],
    ['RoomName', 'room'],
    ['Timestamp', '2027-03-01T10:00:00.5Z'],
  ];

  test('reads what happened', () => {
    expect(roomStatusOf(form)).toMatchObject({ event: 'room-ended', roomName: 'room', at: at('10:00:00.500') });
  });

  test.each(['StatusCallbackEvent', 'RoomName', 'Timestamp'])('is nothing without %s', (missing) => {
    expect(roomStatusOf(form.filter(([name]) => name !== missing))).toBeUndefined();
  });
});

/** Applies c(onnect) and d(isconnect) callbacks, such as `c10 A` or `d20 B`: their second, and the connection's id. */
function apply(callbacks: readonly string[]): string {
  let place = joined;
  const told = new Map<string, Told>();
  for (const callback of callbacks) {
    const [what = '', sid = ''] = callback.split(' ');
    const event = what.startsWith('c') ? 'participant-connected' : 'participant-disconnected';
    const before = told.get(sid) ?? { sid, connectedAt: null, disconnectedAt: null };
    const after = afterCallback(before, { event, at: at(`10:00:${what.slice(1)}.000`) });
    if (!after) continue;
    told.set(sid, after);
    place = placeAfter(place, [...told.values()], before) ?? place;
  }
  if (!place.connectedAt) return 'never';
  return place.leftAt ? `left ${place.leftAt.getUTCSeconds()}` : 'connected';
}

test.each([
  [['c10 A'], 'connected'],
  [['c10 A', 'd20 A'], 'left 20'],
  [['d20 A', 'c10 A', 'd30 A'], 'left 20'],
  [['d20 A', 'c10 A'], 'left 20'],
  [['c10 A', 'd20 A', 'c10 A'], 'left 20'],
  [['c10 A', 'd20 A', 'c15 A'], 'left 20'],
  [['c10', 'd10'], 'left 10'],
  [['d10', 'c10'], 'left 10'],
  [['c10 A', 'd20 A', 'c30 B'], 'connected'],
  [['c30 B', 'd20 A'], 'connected'],
  [['c10 A', 'c20 B', 'd21 A'], 'connected'],
  [['c10 A', 'c20 B', 'd20 A'], 'connected'],
  [['c10 A', 'd20 A', 'c20 B'], 'connected'],
  [['c10 A', 'c20 B', 'd30 B'], 'connected'],
  [['c10 A', 'c20 B', 'd30 B', 'd20 A'], 'left 30'],
  [['c10 A', 'd30 B', 'c20 B', 'd20 A'], 'left 30'],
  [['d20 A', 'd30 B', 'c20 B', 'c10 A'], 'left 30'],
  [['c10 A', 'd20 A', 'c30 A'], 'connected'],
  [['c10 A', 'd20 A', 'd30 A', 'c25 A'], 'left 20'],
] as const)('%j leaves it %s', (callbacks, outcome) => {
  expect(apply(callbacks)).toBe(outcome);
});
