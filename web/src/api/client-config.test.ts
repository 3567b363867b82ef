import { expect, test } from 'vitest';
import { namedBackends } from './client-config.ts';

test('backends that are built in are named with their addresses', () => {
  expect(namedBackends('Clinic=https://duet.example, Other = https://other.example/?a=b')).toEqual([
    { id: 'built-in-1', name: 'Clinic', url: 'https://duet.example' },
    { id: 'built-in-2', name: 'Other', url: 'https://other.example/?a=b' },
  ]);
  expect(namedBackends('')).toEqual([]);
});
