import { asProblem, changingOf, changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('operations/health', {
  'one-not-ready': {
    describe: 'one replica is never ready',
    override: () => ({ isReady: (replica) => replica === 0 }),
  },
  'needs-session': {
    describe: '/healthz wants a session',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      (_, { operationId, headers }) => operationId === 'getLiveness' && !('authorization' in headers),
      asProblem('unauthenticated', { 'www-authenticate': 'Bearer' }),
    ),
  },
  'up-instead': {
    describe: 'the status is up instead of ok',
    neighbours: ['http/documented-response'],
    intercept: changingOf(
      ['getReadiness'],
      withJson((value) => ('code' in value ? value : { status: 'up' })),
    ),
  },
});
