import { expect, test } from 'vitest';
import { fromCrd, fromSwagger, tighten } from './tighten.ts';

test('an object with named fields is closed, one with any fields stays open', () => {
  expect(
    tighten({ type: 'object', description: 'words', properties: { a: { type: 'string', default: 'x' } } }),
  ).toEqual({
    type: 'object',
    properties: { a: { type: 'string' } },
    additionalProperties: false,
  });
  const open = { type: 'object', additionalProperties: { type: 'string' } };
  expect(tighten(open)).toEqual(open);
  const kept = { properties: { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true };
  expect(tighten(kept)).toEqual({ properties: { a: { type: 'string' } } });
});

test('a field that is named like a keyword stays a field', () => {
  expect(
    tighten({ properties: { description: { type: 'string' }, pattern: { type: 'string' } } })['properties'],
  ).toEqual({
    description: { type: 'string' },
    pattern: { type: 'string' },
  });
});

test('a number or text is both', () => {
  expect(tighten({ type: 'string', format: 'int-or-string' })).toEqual({ type: ['integer', 'string'] });
  expect(tighten({ 'x-kubernetes-int-or-string': true })).toEqual({ type: ['integer', 'string'] });
});

test('a modifier of Go stands around what it means', () => {
  expect(tighten({ pattern: '^(?i)(abort|warn)?$' })).toEqual({ pattern: '^(?i:(abort|warn)?)$' });
});

test('of a swagger file only what a kind refers to is taken', () => {
  const gvk = [{ group: 'apps', version: 'v1', kind: 'Deployment' }];
  const definitions = {
    Deployment: { properties: { spec: { $ref: '#/definitions/Spec' } }, 'x-kubernetes-group-version-kind': gvk },
    Spec: { properties: {} },
    Unused: {},
  };
  const found = fromSwagger({ definitions }, ['apps/v1/Deployment']);
  expect(found.map(({ id }) => id)).toEqual(['/kinds/apps/v1/Deployment', '/Deployment', '/Spec']);
  expect(() => fromSwagger({ definitions }, ['v1/Pod'])).toThrow('v1/Pod is no kind of this version');
});

test('of a custom resource each served version is taken', () => {
  const schema = { openAPIV3Schema: { type: 'object', properties: { metadata: {}, spec: { type: 'object' } } } };
  const versions = [
    { name: 'v1', served: true, schema },
    { name: 'v1alpha1', served: false, schema },
  ];
  const found = fromCrd({ spec: { group: 'k6.io', names: { kind: 'TestRun' }, versions } });
  expect(found.map(({ id }) => id)).toEqual(['/kinds/k6.io/v1/TestRun']);
});
