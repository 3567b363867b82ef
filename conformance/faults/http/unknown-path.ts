import { asProblem, changingWhere, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/unknown-path', {
  'trailing-slash': {
    describe: 'a trailing slash leads to the same place',
    override: () => ({ routedPath: (path) => path.replace(/(.)\/$/, '$1') }),
  },
  'letter-case': {
    describe: 'another letter case leads to the same place',
    override: () => ({
      routedPath: (path) =>
        path.replace(/[A-Z]+/g, (letters) =>
          path.startsWith('/v1/') || path.startsWith('/V1/') ? letters.toLowerCase() : letters,
        ),
    }),
  },
  'doubled-slash': {
    describe: 'a doubled slash leads to the same place',
    override: () => ({ routedPath: (path) => path.replace(/\/{2,}/g, '/') }),
  },
  'options-everywhere': {
    describe: 'OPTIONS is answered on any path',
    intercept: changingWhere(
      ({ status }, { method, operationId }) => status === 404 && operationId === undefined && method === 'OPTIONS',
      (reply) => ({ ...withoutHeader('content-type')(reply), status: 204, body: '' }),
    ),
  },
  'method-first': {
    describe: 'an unknown path with another method than GET is 405',
    intercept: changingWhere(
      (reply, { operationId, method, path }) =>
        reply.status === 404 &&
        operationId === undefined &&
        method !== 'GET' &&
        method !== 'HEAD' &&
        !/appointments\/[^/]+\//.test(path),
      asProblem('method-not-allowed', { allow: 'GET, HEAD, OPTIONS' }),
    ),
  },
});
