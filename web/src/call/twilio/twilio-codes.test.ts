import { expect, it } from 'vitest';
import { endOf, failureOf } from './twilio-codes.ts';

it.each([
  [20101, 'token'],
  [20104, 'token'],
  [20107, 'token'],
  [53000, 'signalling'],
  [53002, 'signalling'],
  [53006, 'busy'],
  [53104, 'gone'],
  [53105, 'full'],
  [53106, 'gone'],
  [53216, 'too-long'],
  [53400, 'media'],
  [53405, 'media'],
  [53407, 'media'],
  [53500, 'configuration'],
  [53501, 'configuration'],
  [53999, 'unknown'],
] as const)('%i is %s', (code, kind) => {
  expect(failureOf({ code })).toEqual({ kind, code });
});

it('without a code the service was not reached', () => {
  expect(failureOf(new Error('no network'))).toEqual({ kind: 'unreachable', code: null });
});

it('two codes end the call for this device', () => {
  expect([53118, 53205, 53002].map((code) => endOf({ code }))).toEqual(['call-over', 'other-device', null]);
});
