import type { RuleId } from '@duet/contract/rules';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Failure } from '../../report/stream.ts';

/** What an answer breaks, whoever asked: the rule and what was expected of it. */
export type Violation = { rule: RuleId; failure: Failure };

export function broken(rule: RuleId, key: string, message: string, expected: string, actual: string): Violation {
  return { rule, failure: { key, message, expected, actual } };
}

/** What does not fit, in words. */
export function explain(errors: ErrorObject[]): string {
  return errors
    .slice(0, 5)
    .map((error) => `${error.instancePath || '(the whole)'} ${error.message ?? error.keyword} ${detail(error)}`.trim())
    .join('; ');
}

export function detail(error: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, missingProperty } = error.params;
  return String(additionalProperty ?? unevaluatedProperty ?? missingProperty ?? '');
}

/** The values that do not fit. */
export function shown(errors: ErrorObject[]): string {
  return errors
    .slice(0, 5)
    .map((error) => JSON.stringify(error.data)?.slice(0, 200) ?? 'nothing')
    .join('; ');
}
