import type { ErrorObject } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer, OperationId } from '../driver/answer.ts';
import { TargetGone } from '../driver/connection.ts';
import { contractDocument, getOperation } from '../driver/contract.ts';
import { mismatches } from '../driver/schema.ts';
import type { Case } from './cases.ts';
import { changed } from './change.ts';
import { type Desk, goodRequests } from './good-requests.ts';
import { nameOf, placesNamed, wordsOf } from './judge-case.ts';
import { describeRequest, escaped, type Place } from './request-schema.ts';
import { fittingValue } from './samples.ts';
import { casesOf } from './settled.ts';

export type FuzzOptions = { seed: number; runs: number };

const WHOLE: Place = { in: 'body', pointer: '' };
/** The other one of two properties that exclude each other: which is right depends on who asks. */
const FOREIGN: Partial<Record<OperationId, string>> = { createAppointment: '/userId' };

/**
 * One broken value for each place that can be broken, in the operation's order; the whole body is none of them, and of a
 * place that can be broken in several ways the first is taken.
 */
export function breakablePlaces(operationId: OperationId): Case[] {
  const places = new Map<string, Case>();
  for (const one of casesOf(operationId)) {
    const { expected, change } = one;
    if (expected === 'accepted' || expected.code !== 'validation-failed' || 'isAbsent' in change) continue;
    const isElsewhere = change.pointer === '' || change.pointer === FOREIGN[operationId];
    if (!isElsewhere && !places.has(nameOf(change))) places.set(nameOf(change), one);
  }
  return [...places.values()];
}

/**
 * Breaks random sets of places at once: all of them are named and no other.
 * @throws Error with the smallest set that is answered otherwise, and the seed
 */
export async function fuzzPlaces(operationId: OperationId, desk: Desk, { seed, runs }: FuzzOptions): Promise<void> {
  const property = fc.asyncProperty(fc.subarray(breakablePlaces(operationId), { minLength: 1 }), async (chosen) => {
    const { actor, options } = goodRequests[operationId](desk, WHOLE);
    const request = chosen.reduce((so, { change }) => changed(so, change), options);
    const answer = await actor.send(operationId, request);
    const places = chosen.map(({ change }) => nameOf(change)).sort();
    expect([answer.status, ...placesNamed(answer)], chosen.map(wordsOf).join('; ')).toEqual([400, ...places]);
  });
  await hold(property, { seed, runs });
}

/**
 * Sends random bodies: refused for exactly the places that do not fit the schema, or not refused for its shape at all.
 * @throws Error with the smallest body that is answered otherwise, and the seed
 */
export async function fuzzBodies(operationId: OperationId, desk: Desk, { seed, runs }: FuzzOptions): Promise<void> {
  const pointer = bodyPointer(operationId);
  const property = fc.asyncProperty(bodies(operationId), async (body) => {
    const { actor, options } = goodRequests[operationId](desk, WHOLE);
    const answer = await actor.send(operationId, { ...options, body });
    const places = [...new Set([...mismatches(pointer, body).map(placeOf), ...missingCounterpart(operationId, body)])];
    expect(verdictOf(answer), JSON.stringify(body)).toEqual(places.length === 0 ? 'taken' : places.sort());
  });
  await hold(property, { seed, runs });
}

async function hold<T>(property: fc.IAsyncProperty<T>, { seed, runs }: FuzzOptions): Promise<void> {
  const { failed, errorInstance, numRuns, numShrinks } = await fc.check(property, { seed, numRuns: runs });
  if (!failed) return;
  if (errorInstance instanceof TargetGone) throw errorInstance;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const found = `seed ${seed}, run ${numRuns}, made smaller ${numShrinks} times`;
  throw new Error(`${reason} (${found})`, { cause: errorInstance });
}

export function hasBody(operationId: OperationId): boolean {
  return describeRequest(contractDocument, operationId).some((place) => place.in === 'body');
}

/** Each property absent, good, any text or any JSON; and now and then one that nobody knows. */
function bodies(operationId: OperationId): fc.Arbitrary<Record<string, unknown>> {
  const properties = describeRequest(contractDocument, operationId)
    .filter((place) => place.in === 'body' && place.pointer.lastIndexOf('/') === 0)
    .filter(({ pointer }) => pointer !== FOREIGN[operationId]);
  const values = properties.map((place) => {
    const good = fc.constant(fittingValue(place));
    const value = fc.oneof({ weight: 4, arbitrary: good }, fc.string({ unit: 'binary' }), fc.jsonValue());
    return [place.pointer.slice(1), value];
  });
  const described = fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [],
  });
  const strangers = fc.dictionary(
    fc.string({ minLength: 1 }).map((name) => `x${name}`),
    fc.jsonValue(),
    { maxKeys: 2 },
  );
  return fc
    .tuple(described, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, strangers))
    .map(([known, unknown]) => ({ ...unknown, ...known }));
}

function bodyPointer(operationId: OperationId): string {
  const { template, method } = getOperation(operationId);
  const operation = `/paths/${escaped(template)}/${method.toLowerCase()}`;
  return `${operation}/requestBody/content/application~1json/schema`;
}

function placeOf({ instancePath, params }: ErrorObject): string {
  const name: unknown = params['missingProperty'] ?? params['additionalProperty'];
  return `body ${instancePath}${name === undefined ? '' : `/${escaped(String(name))}`}`;
}

function missingCounterpart(operationId: OperationId, body: object): string[] {
  return operationId === 'createAppointment' && !('doctorId' in body) ? ['body /doctorId'] : [];
}

function verdictOf(answer: Answer): string[] | string {
  if (answer.status === 400) return placesNamed(answer);
  return answer.status < 500 ? 'taken' : `${answer.status}`;
}
