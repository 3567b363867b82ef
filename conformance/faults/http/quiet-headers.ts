import { changing, changingWhere, isProblem, withHeaders, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/quiet-headers', {
  'powered-by': {
    describe: 'every answer names the framework',
    intercept: changing(withHeaders({ 'x-powered-by': 'Express' })),
  },
  'server-on-problems': {
    describe: 'problems name the server',
    intercept: changingWhere(isProblem, withHeaders({ server: 'node/24' })),
  },
  'sniffed-options': {
    describe: 'OPTIONS lacks nosniff',
    seenIn: ['http/method-not-allowed'],
    intercept: changingWhere((_, { method }) => method === 'OPTIONS', withoutHeader('x-content-type-options')),
  },
  'sniffed-unknown-path': {
    describe: 'the answer to an unknown path lacks nosniff',
    intercept: changingWhere(
      (_, { operationId }) => operationId === undefined,
      withoutHeader('x-content-type-options'),
    ),
  },
});
