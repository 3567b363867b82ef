import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { validate, type Validator } from '@hyperjump/json-schema/openapi-3-1';
import fastCheck from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asObject, operations, resolve } from './contract.ts';
import { mismatches } from './schema.ts';

const URI = pathToFileURL(createRequire(import.meta.url).resolve('@duet/contract/openapi.json')).href;
const compiled = new Map<string, Validator>();

async function isValid(pointer: string, value: unknown): Promise<boolean> {
  const validator = compiled.get(pointer) ?? (await validate(`${URI}#${encodeURI(pointer)}`));
  compiled.set(pointer, validator);
  return validator(value as never).valid;
}

type Example = { pointer: string; value: unknown };

/** Every documented response body with its examples: what both validators must agree on. */
function examples(): Example[] {
  return operations.flatMap((operation) =>
    [...operation.responses.values()].flatMap((response) =>
      Object.entries(response.content)
        .filter(([type]) => type.endsWith('json'))
        .flatMap(([, { pointer }]) => examplesAt(pointer)),
    ),
  );
}

function examplesAt(pointer: string): Example[] {
  const content = resolve(pointer.replace(/\/schema$/, '')).value;
  const named = Object.entries(asObject(content['examples'])).map(
    ([name]) => resolve(`${pointer.replace(/\/schema$/, '')}/examples/${name}`).value['value'],
  );
  return [...named, ...('example' in content ? [content['example']] : [])].map((value) => ({ pointer, value }));
}

/** The value with one thing changed somewhere inside: a member dropped, added, or given another type. */
function mutated(value: unknown, path: number[], change: number): unknown {
  if (Array.isArray(value) && value.length > 0 && path.length > 1) {
    const at = (path[0] ?? 0) % value.length;
    return value.map((item, index) => (index === at ? mutated(item, path.slice(1), change) : item));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [null, 5, 'x', true, {}, []][change % 6];
  const keys = Object.keys(value);
  const key = keys[(path[0] ?? 0) % Math.max(keys.length, 1)] ?? 'none';
  const { [key]: inner, ...others } = value as Record<string, unknown>;
  if (path.length > 1) return { ...others, [key]: mutated(inner, path.slice(1), change) };
  return change % 3 === 0
    ? others
    : change % 3 === 1
      ? { ...value, stranger: change }
      : { ...others, [key]: mutated(5, [], change) };
}

describe('the schemas of the contract', () => {
  test('two validators find every documented example good', { timeout: 30_000 }, async () => {
    const all = examples();
    expect(all.length).toBeGreaterThan(50);
    for (const { pointer, value } of all) {
      expect(mismatches(pointer, value), pointer).toEqual([]);
      expect(await isValid(pointer, value), pointer).toBe(true);
    }
  });

  test('two validators agree on examples with something changed', { timeout: 30_000 }, async () => {
    const all = examples();
    const path = fastCheck.array(fastCheck.nat(12), { minLength: 1, maxLength: 4 });
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.nat(all.length - 1), path, fastCheck.nat(11), async (index, where, change) => {
        const { pointer, value } = all[index] ?? { pointer: '', value: null };
        const changed = mutated(value, where, change);
        const second = await validate(`${URI}#${encodeURI(pointer)}`, changed as never);
        expect({ changed, isValid: mismatches(pointer, changed).length === 0 }).toEqual({
          changed,
          isValid: second.valid,
        });
      }),
      { numRuns: 400, seed: 1 },
    );
  });
});
