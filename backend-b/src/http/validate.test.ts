import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { contractComponents, documentedOperation, documentedOperations } from './contract.ts';
import { isInstant, toInstant } from './instants.ts';
import { compileRequestValidator } from './schemas.ts';
import { shownErrors } from './validate.ts';
import { toValidationErrors } from './validation-errors.ts';

function placesOf(id: Parameters<typeof documentedOperation>[0], parts: object): string[] {
  const validate = compileRequestValidator(documentedOperation(id), true);
  validate({ path: {}, query: {}, header: {}, ...parts });
  return toValidationErrors(validate.errors ?? []).map(({ in: part, pointer, rule }) => `${part} ${pointer} ${rule}`);
}

describe('the validator of an operation', () => {
  it('compiles for every operation, with the clock and without', () => {
    const operations = documentedOperations();
    expect(operations.length).toBeGreaterThan(25);
    for (const operation of operations) {
      for (const hasClock of [true, false]) {
        expect(compileRequestValidator(operation, hasClock), operation.id).toBeTypeOf('function');
      }
    }
  });

  it('is made of valid JSON Schema, which serving does not check', () => {
    const isValid = new Ajv2020({ strict: false });
    for (const [name, schema] of Object.entries(contractComponents.components['schemas'] ?? {})) {
      expect(isValid.validateSchema(schema as object), name).toBe(true);
    }
  });

  it('names every offending place of all four parts', () => {
    expect(
      placesOf('createAppointment', {
        query: { x: '1' },
        header: { 'Idempotency-Key': 'a b', 'Conformance-Now': 'yesterday' },
        body: { startsAt: '2026-02-30T00:00:00Z', 'a/b~c': 1 },
      }),
    ).toEqual(
      expect.arrayContaining([
        'query /x unknown',
        'header /Idempotency-Key pattern',
        'header /Conformance-Now pattern',
        'body /startsAt format',
        'body /durationMinutes required',
        'body /a~1b~0c unknown',
      ]),
    );
  });

  it('points at the whole body when it is no object', () => {
    expect(placesOf('login', { body: null })).toEqual(['body  type']);
  });

  it('counts what is beyond a hundred errors', () => {
    const error = { in: 'body', pointer: '/x', rule: 'unknown', message: 'is not documented' } as const;
    const shown = shownErrors(Array.from({ length: 130 }, () => error));
    expect([shown.errors.length, shown.errorsOmitted]).toEqual([100, 30]);
  });
});

describe('instants', () => {
  it('are RFC 3339 with an offset and a day that exists', () => {
    for (const right of ['2024-02-29T23:59:59Z', '0000-01-01T00:00:00.123456789+23:59'])
      expect(isInstant(right)).toBe(true);
    for (const wrong of [
      '2026-02-30T00:00:00Z',
      '2026-01-01T00:00:00',
      '2026-01-01t00:00:00z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:60Z',
      '2026-01-01 00:00:00Z',
      '2026-01-01T00:00:00.1234567890Z',
    ]) {
      expect(isInstant(wrong)).toBe(false);
    }
  });

  it('are truncated to milliseconds', () => {
    expect(toInstant('2026-01-01T01:00:00.999999999+01:00').toISOString()).toBe('2026-01-01T00:00:00.999Z');
  });
});
