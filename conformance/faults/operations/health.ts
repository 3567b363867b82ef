import { asProblem, changingOf, changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./health.wrapper.ts', import.meta.url));

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
  'always-ready': mode('always-ready', '/readyz is 200 without database and migrations'),
  'plain-503': mode('plain-503', 'the 503 of /readyz is no problem', ['http/documented-response', 'http/problem']),
  'never-ready': mode('never-ready', '/readyz is always 503'),
  'dies-with-database': mode('dies-with-database', '/healthz is 503 once the database is away'),
  'migrates-itself': mode('migrates-itself', 'the server makes its tables when it starts'),
});
