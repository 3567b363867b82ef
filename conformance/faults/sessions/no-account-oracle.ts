import { asProblem, changingWhere, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('sessions/no-account-oracle', {
  'detail-differs': {
    describe: 'the detail of an unknown email differs',
    override: () => ({
      loginRefusal: (isEmailKnown) =>
        isEmailKnown ? 'The password is wrong; try again.' : 'Log in with another email.',
    }),
  },
  'full-stop-differs': {
    describe: 'the detail of an unknown email has one character less',
    override: (honest) => ({
      loginRefusal: (isEmailKnown) => honest.loginRefusal(isEmailKnown).slice(0, isEmailKnown ? undefined : -1),
    }),
  },
  'surrogate-replaced': {
    describe: 'a lone surrogate in a password is taken for U+FFFD',
    override: () => ({ canBePassword: () => true }),
  },
  'surrogate-replaced-in-email': {
    describe: 'a lone surrogate in an email is taken for U+FFFD',
    override: (honest) => ({ emailKey: (email) => honest.emailKey(email).toWellFormed() }),
  },
  'no-work': {
    describe: 'the password of an unknown email is not hashed',
    override: () => ({ comparesUnknownEmail: () => false, hashCost: () => 2 ** 13 }),
  },
  'malformed-is-invalid': {
    describe: 'what is no email is refused as invalid',
    neighbours: ['http/text-verbatim', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, { operationId, body }) =>
        operationId === 'login' && found.length === 0 && !String(Object(body)['email']).includes('@')
          ? [{ in: 'body', pointer: '/email', rule: 'pattern', message: 'is no email' }]
          : found,
    }),
  },
  'short-is-invalid': {
    describe: 'a password too short for an account is refused as invalid',
    neighbours: ['accounts/password', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, { operationId, body }) =>
        operationId === 'login' && found.length === 0 && String(Object(body)['password']).length < 10
          ? [{ in: 'body', pointer: '/password', rule: 'minLength', message: 'is too short' }]
          : found,
    }),
  },
  'not-found': {
    describe: 'an email of nobody, sent with a very long password, is 404',
    neighbours: ['http/documented-response', 'http/text-verbatim'],
    override: () => ({ loginRefusal: (isEmailKnown) => (isEmailKnown ? 'Wrong.' : 'Unknown.') }),
    intercept: changingWhere(
      (reply, { headers }) =>
        codeOf(reply) === 'invalid-credentials' &&
        reply.body.includes('Unknown.') &&
        Number(headers['content-length']) > 1_024,
      asProblem('not-found'),
    ),
  },
});
