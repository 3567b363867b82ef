import { type RuleId, rules } from '@duet/contract/rules';
import { describe, expect, test } from 'vitest';
import { dependsOnProvider, leftOutUnder, providersOf } from './providers.ts';

const ids = Object.keys(rules) as RuleId[];

describe('what a provider can change', () => {
  test('is every rule of calls and webhooks', () => {
    const area = ids.filter((id) => /^(calls|webhooks)\//.test(id));
    expect(area.length).toBeGreaterThan(15);
    expect(area.filter((id) => !dependsOnProvider(id))).toEqual([]);
  });

  test('is these rules of the other areas', () => {
    const others = ids.filter((id) => dependsOnProvider(id) && !/^(calls|webhooks)\//.test(id));
    expect(others.sort()).toEqual([
      'appointments/all-or-nothing',
      'appointments/cancel',
      'appointments/cancel-or-join',
      'appointments/etag',
      'appointments/participants-only',
      'appointments/status',
      'events/audience',
      'events/format',
      'operations/health',
    ]);
  });
});

describe('what is left out', () => {
  test('under twilio is what a provider cannot change', () => {
    const leftOut = leftOutUnder('twilio', ['twilio']);
    expect(leftOut['http/head']).toBe('the provider changes nothing here');
    expect(leftOut['messages/order']).toBe('the provider changes nothing here');
    expect(leftOut['calls/window']).toBeUndefined();
    expect(leftOut['calls/epoch']).toBeUndefined();
  });

  test('is what is about the other provider, where that is judged too', () => {
    expect(leftOutUnder('peer', ['peer'])).toEqual({});
    const peer = leftOutUnder('peer', ['peer', 'twilio']);
    expect(Object.entries(peer).sort()).toEqual(
      ['calls/provider-failure', 'calls/twilio-token', 'calls/unused-room', 'webhooks/room-status', 'webhooks/signature']
        .map((id) => [id, 'is about the provider twilio alone']), // prettier-ignore
    );
    expect(leftOutUnder('twilio', ['peer', 'twilio'])['calls/epoch']).toBe('is about the provider peer alone');
  });

  test('decides which providers are needed at all', () => {
    expect(providersOf(['http/head', 'messages/order'], ['peer', 'twilio'])).toEqual(['peer']);
    expect(providersOf(['calls/twilio-token'], ['peer', 'twilio'])).toEqual(['twilio']);
    expect(providersOf(['calls/epoch'], ['peer', 'twilio'])).toEqual(['peer']);
    expect(providersOf(['calls/epoch'], ['twilio'])).toEqual(['twilio']);
    expect(providersOf(['calls/window'], ['peer', 'twilio'])).toEqual(['peer', 'twilio']);
    expect(providersOf(['http/head'], ['twilio'])).toEqual([]);
  });
});
