import type { ProblemCode } from '@duet/contract/problems';
import { asProblem, codeOf, sessionOf } from '../answers.ts';
import { faults, type SpecimenFault } from '../declare.ts';
import { forgiving } from '../validation.ts';

const ids = ['/doctorId', '/userId'];

/** Tells a doctor something else of a participant who cannot be; a user's booking stays right. */
function toldToDoctors(code: ProblemCode): SpecimenFault {
  return {
    describe: `a doctor who names an unknown participant is told ${code}`,
    neighbours: ['http/documented-response', 'http/validation-names-every-error', 'sessions/own-data-only'],
    intercept: async (visit, next, world) => {
      const reply = await next();
      if (codeOf(reply) !== 'unknown-participant') return reply;
      const caller = world.accounts.get(sessionOf(visit, world)?.accountId ?? '');
      return caller?.role === 'doctor' ? asProblem(code)(reply, visit) : reply;
    },
  };
}

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
  'not-found': toldToDoctors('not-found'),
  'forbidden-instead': toldToDoctors('forbidden-role'),
});
