import { asProblem, changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

const isUnknown = (rule: string) => rule === 'unknown';

export default faults('http/closed-input', {
  'property-ignored': {
    describe: 'unknown properties of a body are ignored',
    neighbours: ['http/validation-names-every-error', 'accounts/doctor-invite', 'appointments/counterpart'],
    override: () => ({ toldErrors: forgiving((error) => isUnknown(error.rule) && error.in === 'body') }),
  },
  'parameter-ignored': {
    describe: 'unknown parameters of a query are ignored',
    neighbours: ['http/validation-names-every-error', 'sessions/own-data-only'],
    override: () => ({ toldErrors: forgiving((error) => isUnknown(error.rule) && error.in === 'query') }),
  },
  'last-of-repeated': {
    describe: 'of a repeated parameter the last counts',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({ toldErrors: forgiving((error) => error.rule === 'repeated') }),
  },
  'leading-zero-refused': {
    describe: 'an integer with a leading zero in a query is refused',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      ({ status }, { query }) => status === 200 && /\blimit=0\d/.test(query),
      asProblem('validation-failed'),
    ),
  },
  'second-equals-ends': {
    describe: 'of a value in a query what follows another = is lost, and nobody is found',
    intercept: changingWhere(
      ({ status }, { operationId, query }) => status === 200 && operationId === 'listDoctors' && /=[^&]*=/.test(query),
      withJson((page) => ({ ...page, items: [], nextCursor: null })),
    ),
  },
  'prototype-ignored': {
    describe: '__proto__ is dropped in silence',
    override: () => ({ toldErrors: forgiving((error) => error.pointer === '/__proto__') }),
  },
  'null-is-absent': {
    describe: 'null for an optional property is taken for its absence',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      parseBody: (text) => {
        const value = JSON.parse(text) as unknown;
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
      },
    }),
  },
  'text-coerced': {
    describe: 'a number as text is taken for the number',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      parseBody: (text) => JSON.parse(text.replace(/("durationMinutes"\s*:\s*)"(\d+)"/, '$1$2')) as unknown,
    }),
  },
});
