import { changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('doctors/only-doctors', {
  'users-found': {
    describe: 'the id of a user shows its profile',
    neighbours: ['sessions/own-data-only'],
    override: () => ({ isFound: () => true }),
  },
  'users-busy-times': {
    describe: 'the busy times of a user are empty instead of not found',
    neighbours: ['sessions/own-data-only'],
    intercept: async (visit, next, world) => {
      const reply = await next();
      const [, id = ''] = /doctors\/([0-9a-f-]{36})\/busy-times/.exec(visit.path) ?? [];
      if (reply.status !== 404 || !world.accounts.has(id)) return reply;
      return {
        ...reply,
        status: 200,
        headers: { ...reply.headers, 'content-type': 'application/json' },
        body: '{"items":[]}',
      };
    },
  },
  'tells-users-apart': {
    describe: 'the detail for a user’s id differs from that for nobody’s',
    intercept: async (visit, next, world) => {
      const isUser = world.accounts.has(visit.path.split('/')[3] ?? '');
      const change = changingWhere(
        ({ status }, { operationId }) => status === 404 && isUser && operationId === 'getDoctor',
        withJson((problem) => ({ ...problem, detail: 'This person is no doctor.' })),
      );
      return change(visit, next, world);
    },
  },
});
