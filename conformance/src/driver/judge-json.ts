import type { RuleId } from '@duet/contract/rules';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { asObject, resolve } from './contract.ts';
import { mismatches } from './schema.ts';
import { broken, detail, explain, shown, type Violation } from './violation.ts';

const INSTANT = resolve('/components/schemas/UtcInstant').value['pattern'];

/** What a value is to be: the rule it breaks otherwise, its schema's place, its name in a sentence, the key's beginning. */
export type Expected = { rule: RuleId; pointer: string; what: string; keyPrefix?: string };

/** Judges parsed JSON against a schema of the contract; an instant of another form is blamed on its own rule. */
export function judgeJson(expected: Expected, value: unknown): Violation[] {
  const errors = mismatches(expected.pointer, value);
  const [instants, others] = [errors.filter(isInstant), errors.filter((error) => !isInstant(error))];
  const found: Violation[] = [];
  if (instants.length > 0)
    found.push(
      broken(
        'http/instants',
        'form',
        'an instant is not UTC with milliseconds and Z',
        'YYYY-MM-DDTHH:MM:SS.mmmZ',
        shown(instants),
      ),
    );
  if (others.some((error) => !isConsequence(error) || instants.length === 0)) {
    const key = `${expected.keyPrefix ?? ''}${schemaKey(others)}`;
    const message = `${expected.what} does not fit its schema`;
    found.push(broken(expected.rule, key, message, explain(others), shown(others)));
  }
  return found;
}

function isInstant(error: ErrorObject): boolean {
  return asObject(error.parentSchema)['pattern'] === INSTANT;
}

/** A failed anyOf or oneOf around a failed instant says nothing of its own. */
function isConsequence(error: ErrorObject): boolean {
  return ['anyOf', 'oneOf', 'type', 'if'].includes(error.keyword);
}

function schemaKey(errors: ErrorObject[]): string {
  const [first] = errors;
  return first ? `schema:${first.instancePath}:${first.keyword}:${detail(first)}` : 'schema';
}
