import { beforeEach, expect, test } from 'vitest';
import { stubPage } from '../testing/browser.ts';
import { hasSession, writeSession, type SessionRecord } from './session-record.ts';

beforeEach(() => stubPage());

test('a login at any backend is one', () => {
  localStorage.setItem('duet.backend', 'b');
  expect(hasSession()).toBe(false);
  writeSession('b', { id: 'one' } as SessionRecord);
  expect(hasSession()).toBe(true);
  writeSession('b', null);
  expect(hasSession()).toBe(false);
});
