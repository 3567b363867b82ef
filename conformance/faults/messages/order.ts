import { changingOf, withJson } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

const listed = (change: (page: { items: object[]; hasMore: boolean }, url: string) => object) =>
  changingOf(['listMessages'], (reply, visit) =>
    reply.status === 200
      ? withJson((page) => ({ ...page, ...change(page as { items: object[]; hasMore: boolean }, visit.query) }))(
          reply,
          visit,
        )
      : reply,
  );

export default faults('messages/order', {
  'newest-first': {
    describe: 'items are newest first',
    intercept: listed(({ items }) => ({ items: items.toReversed() })),
  },
  'always-more': {
    describe: 'hasMore is true at the end',
    intercept: listed(({ items }) => (items.length > 0 ? { hasMore: true } : {})),
  },
  'never-more-after': {
    describe: 'hasMore is false with after',
    intercept: listed((_, query) => (query.includes('after=') ? { hasMore: false } : {})),
  },
  'before-included': {
    describe: 'with before the named message itself is in',
    override: () => ({ firstBefore: (index) => index + 1 }),
  },
  'after-included': {
    describe: 'with after the named message itself is in',
    override: () => ({ firstAfter: (index) => index }),
  },
  'before-from-beginning': {
    describe: 'with before the oldest are given and not those just before',
    override: () => ({ itemsBefore: (messages, end, limit) => messages.slice(0, Math.min(end, limit)) }),
  },
  'oldest-without-either': {
    describe: 'without before and after the oldest are given',
    neighbours: ['messages/read-mark'],
    override: (honest) => ({
      itemsBefore: (messages, end, limit) =>
        end === messages.length ? messages.slice(0, limit) : honest.itemsBefore(messages, end, limit),
    }),
  },
  'both-taken': {
    describe: 'of both bounds after alone counts',
    override: () => ({ toldErrors: forgiving(({ in: part, rule }) => part === 'query' && rule === 'oneOf') }),
  },
  'one-of-both-named': {
    describe: 'of both bounds only one is named',
    override: () => ({
      toldErrors: forgiving(
        ({ in: part, rule, pointer }) => part === 'query' && rule === 'oneOf' && pointer === '/after',
      ),
    }),
  },
  'unknown-is-empty': {
    describe: 'the id of no message gives an empty page',
    neighbours: ['http/validation-names-every-error', 'messages/read-mark'],
    override: () => ({ isUnknownRefused: () => false }),
  },
  'limit-of-fifty': {
    describe: 'a page without a limit holds 50 messages',
    override: () => ({ messageLimit: (asked) => asked ?? 50 }),
  },
});
