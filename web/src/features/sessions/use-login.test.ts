import { expect, test } from 'vitest';
import { afterLogin } from './use-login.ts';

test.each([
  ['/appointments/1?x=1', '/appointments/1?x=1'],
  [undefined, '/'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
])('after the login %j leads to %s', (next, place) => {
  expect(afterLogin(next)).toBe(place);
});
