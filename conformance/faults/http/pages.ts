import { compareKeys } from '../../specimen/decisions/pages.ts';
import { changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

export default faults('http/pages', {
  counted: {
    describe: 'a cursor counts the items before it, so that insertions shift the walk',
    override: () => ({ itemsAfter: ({ items, after }) => items.slice(after?.served ?? 0) }),
  },
  'equal-keys-skipped': {
    describe: 'the rest of the items that share the last one’s name or start is skipped',
    override: () => ({
      itemsAfter: ({ items, after, keyOf }) =>
        after ? items.filter((item) => compareKeys(keyOf(item).slice(0, 1), after.key.slice(0, 1)) > 0) : items,
    }),
  },
  'last-again': {
    describe: 'a page begins with the last item of the one before',
    override: () => ({
      itemsAfter: ({ items, after, keyOf }) =>
        after ? items.filter((item) => compareKeys(keyOf(item), after.key) >= 0) : items,
    }),
  },
  'empty-last-page': {
    describe: 'a full last page has a next one, which is empty',
    override: () => ({ hasNextPage: (remaining, limit) => remaining >= limit }),
  },
  'other-filters': {
    describe: 'a cursor is good for other filters',
    override: (honest) => ({
      isCursorOfThisQuery: (claims, query) => honest.isCursorOfThisQuery({ ...claims, filters: query.filters }, query),
    }),
  },
  'other-account': {
    describe: 'a cursor is good for another account',
    neighbours: ['sessions/own-data-only'],
    override: (honest) => ({
      isCursorOfThisQuery: (claims, query) => honest.isCursorOfThisQuery({ ...claims, account: query.account }, query),
    }),
  },
  'other-operation': {
    describe: 'a cursor is good for another operation',
    override: (honest) => ({
      isCursorOfThisQuery: (claims, query) =>
        claims.operation === query.operation
          ? honest.isCursorOfThisQuery(claims, query)
          : claims.account === query.account,
    }),
  },
  forged: {
    describe: 'the signature of a cursor is not checked',
    override: () => ({ isSignatureRight: () => true }),
  },
  'rest-ignored': {
    describe: 'what follows the signature of a cursor is not read',
    override: () => ({ isSignatureRight: ([signature], computed) => signature === computed }),
  },
  'twenty-one': {
    describe: 'a page without a limit holds 21 items',
    override: () => ({ pageLimit: (asked) => asked ?? 21 }),
  },
  'limit-clamped': {
    describe: 'a limit above 100 is taken for 100',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving((error) => error.pointer === '/limit' && error.rule === 'maximum'),
      pageLimit: (asked) => Math.min(asked ?? 20, 100),
    }),
  },
  'zero-taken': {
    describe: 'a limit of 0 is taken for the usual one',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving((error) => error.pointer === '/limit' && error.rule === 'minimum'),
      pageLimit: (asked) => asked || 20,
    }),
  },
  'foreign-is-unknown': {
    describe: 'a cursor of another query is refused as an unknown parameter',
    override: () => ({
      toldErrors: (found) =>
        found.map((error) =>
          error.pointer === '/cursor' && error.rule === 'format' ? { ...error, rule: 'unknown' } : error,
        ),
    }),
  },
  'secret-of-one-replica': {
    describe: 'the second replica ends a walk that the first began',
    intercept: changingWhere(
      ({ status }, { operationId, query, replica }) =>
        status === 200 && operationId === 'listAppointments' && replica === 1 && /(?:^|&)cursor=/.test(query),
      withJson((page) => ({ ...page, items: [], nextCursor: null })),
    ),
  },
});
