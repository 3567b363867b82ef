import { rules } from '@duet/contract/rules';
import { expect, test } from 'vitest';
import { contractDocument } from '../driver/contract.ts';
import { mismatches } from '../driver/schema.ts';
import { operationIds } from './both-sides.ts';
import { negativesOf } from './cases.ts';
import { breakablePlaces, hasBody } from './fuzz.ts';
import { wordsOf } from './judge-case.ts';
import { describeRequest } from './request-schema.ts';
import { PATTERN_SAMPLES } from './text-samples.ts';
import { casesOf } from './settled.ts';

const all = operationIds.flatMap((operationId) => casesOf(operationId));

test('every keyword of every request has two sides', () => {
  const cases = operationIds.flatMap((operationId) => negativesOf(contractDocument, operationId));
  const keywordsOf = (isAccepted: boolean): string[] =>
    [
      ...new Set(
        cases.filter(({ expected }) => (expected === 'accepted') === isAccepted).map(({ keyword }) => keyword),
      ),
    ].sort();
  const both = [
    'additionalProperties', 'enum', 'format', 'maxLength', 'maximum', 'minLength', 'minimum', 'multipleOf', 'pattern', 'required', 'type',
    'x-max-json-bytes', 'x-max-json-depth',
  ]; // prettier-ignore
  expect(keywordsOf(true)).toEqual(both);
  // These three have no side that is accepted: not given, given once and known are the good request itself.
  expect(keywordsOf(false)).toEqual([...both, 'repeated', 'requestBody', 'unknown'].sort());
});

test('every operation has cases, save the form of another provider', () => {
  expect(operationIds.filter((operationId) => casesOf(operationId).length === 0)).toEqual(['receiveRoomStatus']);
});

test('every place has a side that is accepted and one that is refused', () => {
  for (const operationId of operationIds)
    for (const place of describeRequest(contractDocument, operationId)) {
      const own = negativesOf(contractDocument, operationId).filter(
        ({ at }) => at.in === place.in && at.pointer === place.pointer,
      );
      const name = `${operationId} ${place.in} ${place.pointer}`;
      const isAnyText = place.pointer === '/Last-Event-ID';
      expect(own.some(({ expected }) => expected === 'accepted') || place.pointer === '', name).toBe(true);
      expect(own.some(({ expected }) => expected !== 'accepted') || isAnyText, name).toBe(true);
    }
});

test('hand-written texts are on the side of their pattern where they stand', () => {
  for (const [pattern, { fits, breaks }] of Object.entries(PATTERN_SAMPLES)) {
    const expression = new RegExp(pattern, 'u');
    expect(fits.filter((text) => !expression.test(text)), pattern).toEqual([]); // prettier-ignore
    expect(breaks.filter((text) => expression.test(text)), pattern).toEqual([]); // prettier-ignore
  }
});

test('values are on the side of the judge’s own schema where they stand', () => {
  const wrong = operationIds.flatMap((operationId) =>
    negativesOf(contractDocument, operationId)
      .filter(
        ({ at, change, keyword }) =>
          at.in === 'body' && 'to' in change && !keyword.startsWith('x-') && change.pointer.lastIndexOf('/') <= 0,
      )
      .filter((one) => fitsSchema(operationId, one) !== (one.expected === 'accepted'))
      .map(wordsOf),
  );
  expect(wrong).toEqual([]);
});

/** Judged at the property alone: its value, set into an object that lacks all others. */
function fitsSchema(operationId: string, { change }: (typeof all)[number]): boolean {
  const [template, method] = pathOf(operationId);
  const pointer = `/paths/${template}/${method}/requestBody/content/application~1json/schema`;
  const value = 'to' in change ? change.to : undefined;
  const name = change.pointer.slice(1);
  const body = change.pointer === '' ? value : { [name]: value };
  return !mismatches(pointer, body).some(
    ({ instancePath, params }) =>
      (instancePath === change.pointer && !('missingProperty' in params && change.pointer === '')) ||
      params['additionalProperty'] === name,
  );
}

function pathOf(operationId: string): [string, string] {
  for (const [template, item] of Object.entries(contractDocument['paths'] as Record<string, object>))
    for (const [method, operation] of Object.entries(item) as [string, { operationId?: string }][])
      if (operation.operationId === operationId) return [template.replaceAll('/', '~1'), method];
  throw new Error(operationId);
}

test('every case is of a rule of the catalogue, and no two are the same', () => {
  expect([...new Set(all.map(({ rule }) => rule))].filter((id) => !(id in rules))).toEqual([]);
  const requests = all.map(({ operationId, change, keyword }) => JSON.stringify([operationId, change, keyword]));
  expect(requests.length - new Set(requests).size).toBe(0);
});

test('all cases together stay few enough to be sent to every target', () => {
  expect(all.length).toBeGreaterThan(1_500);
  expect(all.length).toBeLessThan(3_000);
});

test('every operation has a place that can be broken beside others', () => {
  expect(operationIds.filter((operationId) => breakablePlaces(operationId).length === 0)).toEqual([
    'receiveRoomStatus',
  ]);
  expect(operationIds.filter(hasBody)).toEqual([
    'createAccount', 'login', 'updateMe', 'createAppointment', 'cancelAppointment', 'keepPresence', 'leaveCall', 'sendSignal', 'sendMessage',
    'markMessagesRead',
  ]); // prettier-ignore
});
