import { describe, expect, it } from 'vitest';
import { beginningOf, isRevocationOf, toEventId } from './events.rules.ts';

describe('where a stream begins', () => {
  it('is the newest event without a Last-Event-ID', () => {
    expect(beginningOf(undefined, { newestId: 7, keptId: undefined })).toEqual({ afterId: 7, isReset: false });
  });

  it('is a kept event, the newest one, or the beginning while event 1 is kept', () => {
    expect(beginningOf('3', { newestId: 7, keptId: 3 })).toEqual({ afterId: 3, isReset: false });
    expect(beginningOf('7', { newestId: 7, keptId: undefined })).toEqual({ afterId: 7, isReset: false });
    expect(beginningOf('0', { newestId: 7, keptId: 0 })).toEqual({ afterId: 0, isReset: false });
    expect(beginningOf('0', { newestId: 0, keptId: undefined })).toEqual({ afterId: 0, isReset: false });
  });

  it.each(['0', '3', '8', '07', '+7', '-1', '', 'seven', '99999999999999999999'])('is a reset for %j', (id) => {
    expect(beginningOf(id, { newestId: 7, keptId: undefined })).toEqual({ afterId: 7, isReset: true });
  });

  it('reads plain decimal digits alone', () => {
    expect(toEventId('42')).toBe(42);
    expect(toEventId('0x2a')).toBeUndefined();
  });
});

describe('a revocation', () => {
  const data = JSON.stringify({ at: '2026-03-02T10:30:00.000Z', sessionIds: ['s1', 's2'] });

  it('is of the sessions that it names', () => {
    expect(isRevocationOf('s2', { id: 1, type: 'session.revoked', data })).toBe(true);
    expect(isRevocationOf('s3', { id: 1, type: 'session.revoked', data })).toBe(false);
    expect(isRevocationOf('s2', { id: 1, type: 'message.created', data: '{}' })).toBe(false);
  });
});
