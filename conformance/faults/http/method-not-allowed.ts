import { asProblem, changingWhere, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/method-not-allowed', {
  'head-not-listed': {
    describe: 'Allow leaves out HEAD',
    override: (honest) => ({
      allowedMethods: (documented) => honest.allowedMethods(documented).filter((method) => method !== 'HEAD'),
    }),
  },
  'options-not-listed': {
    describe: 'Allow leaves out OPTIONS',
    override: (honest) => ({
      allowedMethods: (documented) => honest.allowedMethods(documented).filter((method) => method !== 'OPTIONS'),
    }),
  },
  'head-everywhere': {
    describe: 'Allow lists HEAD where there is no GET',
    override: (honest) => ({
      allowedMethods: (documented) => [...new Set([...honest.allowedMethods(documented), 'HEAD'])],
    }),
  },
  'no-allow': {
    describe: 'a 405 has no Allow',
    intercept: changingWhere(({ status }) => status === 405, withoutHeader('allow')),
  },
  'not-found-instead': {
    describe: 'another method on a path with one operation is 404',
    intercept: changingWhere(
      (reply) => reply.status === 405 && (reply.headers['allow'] ?? '').split(', ').length === 2,
      (reply, visit) => withoutHeader('allow')(asProblem('not-found')(reply, visit)),
    ),
  },
  'options-has-body': {
    describe: 'OPTIONS is 200',
    neighbours: ['http/cors'],
    intercept: changingWhere(
      (_, { method }) => method === 'OPTIONS',
      (reply) => (reply.status === 204 ? { ...reply, status: 200 } : reply),
    ),
  },
});
