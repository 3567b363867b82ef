import { setTimeout as wait } from 'node:timers/promises';
import { changingWhere, withJson, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

const day = 86_400_000;
const isReplay = ({ headers }: { headers: Record<string, string> }) => 'idempotency-replayed' in headers;

export default faults('appointments/idempotency-key', {
  'key-of-all': {
    describe: 'the key of one account is that of all',
    neighbours: ['sessions/own-data-only'],
    override: () => ({ idempotencyScope: (_, key) => key }),
  },
  'letter-case-ignored': {
    describe: 'the letter case of a key does not count',
    override: (honest) => ({
      idempotencyScope: (accountId, key) => honest.idempotencyScope(accountId, key.toLowerCase()),
    }),
  },
  'cut-at-64': {
    describe: 'only the first 64 characters of a key count',
    override: (honest) => ({
      idempotencyScope: (accountId, key) => honest.idempotencyScope(accountId, key.slice(0, 64)),
    }),
  },
  'spelling-counts': {
    describe: 'the same body with its properties in another order is another body',
    override: () => ({ isSameBody: (left, right) => JSON.stringify(left) === JSON.stringify(right) }),
  },
  'any-body': {
    describe: 'another body with the same key gets the first answer',
    override: () => ({ isSameBody: () => true }),
  },
  'reason-ignored': {
    describe: 'a body that differs in its reason alone gets the first answer',
    override: (honest) => ({
      isSameBody: (left, right) => honest.isSameBody({ ...Object(left), reason: '' }, { ...Object(right), reason: '' }),
    }),
  },
  'present-state': {
    describe: 'a replay shows the appointment as it is now',
    override: () => ({ replayedBody: (_, current) => current() }),
  },
  unmarked: {
    describe: 'a replay is not marked as one',
    override: () => ({ replayedHeaders: (headers) => headers }),
  },
  'plain-200': {
    describe: 'a replay is 200',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(isReplay, (reply) => ({ ...reply, status: 200 })),
  },
  'first-request-id': {
    describe: 'a replay carries the request id of the first answer',
    neighbours: ['http/request-id'],
    override: (honest) => ({
      replayedHeaders: (headers) => ({ ...honest.replayedHeaders(headers), 'x-request-id': 'the-first-one' }),
    }),
  },
  'no-etag': {
    describe: 'a replay has no ETag',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(isReplay, withoutHeader('etag')),
  },
  'day-closed': {
    describe: 'exactly 24 hours later the key is still kept',
    override: () => ({ isKept: (kept, now) => now <= kept.at + day }),
  },
  'twelve-hours': {
    describe: 'a key is kept for 12 hours alone',
    override: () => ({ isKept: (kept, now) => now < kept.at + day / 2 }),
  },
  'refusal-kept': {
    describe: 'the refusal is repeated, too',
    neighbours: ['appointments/all-or-nothing'],
    override: () => ({ keepsRefusals: () => true }),
  },
  'simultaneous-repeats': {
    describe: 'simultaneous repeats do not wait for the first',
    isRace: true,
    override: () => ({ pauseAfterKeyLookup: () => wait(20) }),
  },
  'booked-anew': {
    describe: 'a replay shows another id each time',
    intercept: changingWhere(
      isReplay,
      withJson((value) => ({
        ...value,
        id: String(value['id']).replace(/^./, (first) => (first === '0' ? '1' : '0')),
      })),
    ),
  },
});
