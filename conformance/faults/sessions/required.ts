import { asProblem, changingWhere, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('sessions/required', {
  'expires-later': {
    describe: 'at exactly expiresAt a session is still good',
    override: () => ({ isExpired: (session, now) => now > session.expiresAt }),
  },
  'never-expires': {
    describe: 'a session does not expire',
    override: () => ({ isExpired: () => false }),
  },
  'no-challenge': {
    describe: 'a 401 has no WWW-Authenticate',
    neighbours: ['sessions/logout', 'sessions/logout-everywhere'],
    override: () => ({ challenge: () => ({}) }),
  },
  'basic-challenge': {
    describe: 'a 401 asks for Basic',
    neighbours: ['http/documented-response', 'sessions/logout', 'sessions/logout-everywhere'],
    override: () => ({ challenge: () => ({ 'www-authenticate': 'Basic realm="duet"' }) }),
  },
  'bare-token': {
    describe: 'a token without the word Bearer is taken',
    override: (honest) => ({
      bearerToken: (authorization) => honest.bearerToken(authorization) ?? authorization?.trim(),
    }),
  },
  'any-scheme': {
    describe: 'the scheme before the token is not looked at',
    override: (honest) => ({
      bearerToken: (authorization) => honest.bearerToken(authorization?.replace(/^\w+/, 'Bearer')),
    }),
  },
  'scheme-in-one-case': {
    describe: 'the scheme is taken in one letter case alone',
    override: (honest) => ({
      bearerToken: (authorization) =>
        authorization?.startsWith('Bearer') ? honest.bearerToken(authorization) : undefined,
    }),
  },
  'one-space': {
    describe: 'more than one space before the token is refused',
    override: (honest) => ({
      bearerToken: (authorization) => (authorization?.includes('  ') ? undefined : honest.bearerToken(authorization)),
    }),
  },
  'trailing-text': {
    describe: 'what follows the token is ignored',
    override: (honest) => ({
      bearerToken: (authorization) => honest.bearerToken(authorization?.trim().split(/\s+/).slice(0, 2).join(' ')),
    }),
  },
  'one-open-operation': {
    describe: 'the directory of doctors answers 404 without a session',
    intercept: changingWhere(
      ({ status }, { operationId }) => status === 401 && operationId === 'getDoctor',
      (reply, visit) => withoutHeader('www-authenticate')(asProblem('not-found')(reply, visit)),
    ),
  },
  'bad-token-on-open': {
    describe: 'an open operation refuses a bad token',
    neighbours: ['http/order-of-checks'],
    intercept: changingWhere(
      (_, { operationId, headers }) =>
        operationId === 'getMeta' &&
        'authorization' in headers &&
        !/^Bearer [\w-]{43}$/.test(headers['authorization'] ?? ''),
      asProblem('unauthenticated', { 'www-authenticate': 'Bearer' }),
    ),
  },
});
