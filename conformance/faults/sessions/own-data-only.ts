import { faults } from '../declare.ts';

export default faults('sessions/own-data-only', {
  'foreign-connection': {
    describe: 'whoever knows the connection of the other participant can leave with it',
    neighbours: ['calls/leave', 'calls/presence'],
    override: () => ({ mayNameConnection: () => true }),
  },
  'foreign-key': {
    describe: 'an idempotency key of another account gives its answer',
    neighbours: ['appointments/idempotency-key'],
    override: () => ({ idempotencyScope: (_, key) => key }),
  },
  'account-by-header': {
    describe: 'a header may name the account that a request acts for',
    override: () => ({
      actingAs: (owner, headers, world) =>
        world.accounts.get(headers['x-account-id'] ?? headers['x-user-id'] ?? '') ?? owner,
    }),
  },
  'foreign-cursor': {
    describe: 'a cursor of another account shows where that account was',
    neighbours: ['http/pages'],
    override: (honest) => ({
      isCursorOfThisQuery: (claims, query) => honest.isCursorOfThisQuery({ ...claims, account: query.account }, query),
    }),
  },
});
