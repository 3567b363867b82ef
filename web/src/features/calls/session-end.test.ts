import { expect, it } from 'vitest';
import { reasonOfSessionEnd } from './session-end.ts';

it('gives each end of a session its page', () => {
  expect(reasonOfSessionEnd('other-device')).toBe('superseded');
  expect(reasonOfSessionEnd('call-over')).toBe('time-over');
  expect(reasonOfSessionEnd(null)).toBe('failed');
});
