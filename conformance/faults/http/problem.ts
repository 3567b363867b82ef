import { changingWhere, codeOf, isProblem, withHeaders, withJson } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/problem', {
  'plain-json': {
    describe: 'an unknown path is answered with application/json',
    neighbours: ['http/unknown-path'],
    intercept: changingWhere(
      (reply, { operationId }) => isProblem(reply) && operationId === undefined,
      withHeaders({ 'content-type': 'application/json' }),
    ),
  },
  'about-blank': {
    describe: 'the type of a conflict is about:blank',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      ({ status }) => status === 409,
      withJson((problem) => ({ ...problem, type: 'about:blank' })),
    ),
  },
  'other-status': {
    describe: 'the status inside a 401 is 403',
    intercept: changingWhere(
      ({ status }) => status === 401,
      withJson((problem) => ({ ...problem, status: 403 })),
    ),
  },
  'no-detail': {
    describe: 'the detail of a 404 is null',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      ({ status }) => status === 404,
      withJson((problem) => ({ ...problem, detail: null })),
    ),
  },
  'own-title': {
    describe: 'the title of a missing resource differs from the catalogue',
    intercept: changingWhere(
      (reply) => codeOf(reply) === 'not-found',
      withJson((problem) => ({ ...problem, title: 'Nothing here' })),
    ),
  },
});
