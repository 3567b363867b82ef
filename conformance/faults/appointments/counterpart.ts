import { asProblem, changingWhere, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

const ids = ['/doctorId', '/userId'];

export default faults('appointments/counterpart', {
  'both-taken': {
    describe: 'of both ids the right one is taken and the other ignored',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, { body }) => {
        const hasBoth = 'doctorId' in Object(body) && 'userId' in Object(body);
        return hasBoth ? found.filter(({ pointer }) => !ids.includes(pointer)) : found;
      },
    }),
  },
  'one-of-both-named': {
    describe: 'of both ids only the wrong one is named',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({ toldErrors: forgiving((error) => ids.includes(error.pointer) && error.rule === 'oneOf') }),
  },
  'expected-not-named': {
    describe: 'of the wrong id alone the missing one is not named',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found) => {
        const hasWrong = found.some(({ pointer, rule }) => ids.includes(pointer) && rule === 'unknown');
        return hasWrong ? found.filter(({ pointer, rule }) => !(ids.includes(pointer) && rule === 'required')) : found;
      },
    }),
  },
  'both-required': {
    describe: 'without any id both are named',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found) =>
        found.flatMap((error) =>
          ids.includes(error.pointer) && error.rule === 'required' && !found.some(({ rule }) => rule === 'unknown')
            ? ids.map((pointer) => ({ ...error, pointer }))
            : [error],
        ),
    }),
  },
  'any-role': {
    describe: 'an account of the same role may be named',
    neighbours: ['sessions/own-data-only'],
    override: () => ({ isCounterpart: (account) => account !== undefined }),
  },
  'not-found': {
    describe: 'an unknown participant is 404',
    neighbours: ['http/documented-response', 'http/order-of-checks', 'appointments/all-or-nothing'],
    intercept: changingWhere((reply) => codeOf(reply) === 'unknown-participant', asProblem('not-found')),
  },
  'invalid-instead': {
    describe: 'a participant of the wrong role is 403',
    neighbours: ['http/documented-response', 'http/order-of-checks', 'appointments/all-or-nothing'],
    intercept: changingWhere((reply) => codeOf(reply) === 'unknown-participant', asProblem('forbidden-role')),
  },
});
