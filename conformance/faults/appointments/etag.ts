import { createHash } from 'node:crypto';
import { changingOf, changingWhere, withHeaders, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

const tagOf = (value: unknown) => `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url')}"`;
const read = (body: string) => JSON.parse(body) as Record<string, unknown>;

export default faults('appointments/etag', {
  'profiles-unseen': {
    describe: 'a new name of a participant leaves the ETag as it was',
    override: () => ({
      etagOf: (body) => {
        const { doctor, user, ...rest } = read(body);
        return tagOf({ ...rest, people: [Object(doctor)['id'], Object(user)['id']] });
      },
    }),
  },
  'time-unseen': {
    describe: 'what time alone changes leaves the ETag as it was',
    override: () => ({
      etagOf: (_, { call, ...appointment }) => {
        const { startedAt, endedAt, epoch, connections } = call;
        return tagOf({ ...appointment, startedAt, endedAt, epoch, connections });
      },
    }),
  },
  'participants-unseen': {
    describe: 'who of the two is connected leaves the ETag as it was',
    override: () => ({
      etagOf: (body) => {
        const { call, ...rest } = read(body);
        return tagOf({ ...rest, call: { ...Object(call), participants: [] } });
      },
    }),
  },
  weak: {
    describe: 'the ETag is a weak one',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      ({ headers }) => 'etag' in headers,
      (reply) => withHeaders({ etag: `W/${reply.headers['etag'] ?? ''}` })(reply),
    ),
  },
  'each-replica-its-own': {
    describe: 'equal bodies have another ETag at the other replica',
    neighbours: ['appointments/idempotency-key'],
    intercept: changingWhere(
      ({ headers }, { replica }) => 'etag' in headers && replica === 1,
      (reply) => withHeaders({ etag: (reply.headers['etag'] ?? '').replace(/"$/, '-1"') })(reply),
    ),
  },
  'other-on-creation': {
    describe: 'a creation gives another ETag than getAppointment afterwards',
    neighbours: ['appointments/idempotency-key'],
    intercept: changingOf(['createAppointment'], (reply) =>
      'etag' in reply.headers ? withHeaders({ etag: tagOf('new') })(reply) : reply,
    ),
  },
  'weak-matches': {
    describe: 'a weak tag matches If-Match',
    override: (honest) => ({
      matchesIfMatch: (header, etag) => honest.matchesIfMatch(header.replaceAll('W/', ''), etag),
    }),
  },
  'first-of-list': {
    describe: 'only the first tag of an If-Match list is looked at',
    override: (honest) => ({
      matchesIfMatch: (header, etag) => honest.matchesIfMatch(header.split(',')[0] ?? '', etag),
    }),
  },
  'star-never-matches': {
    describe: 'If-Match: * matches nothing',
    override: (honest) => ({ matchesIfMatch: (header, etag) => header !== '*' && honest.matchesIfMatch(header, etag) }),
  },
  'if-match-ignored': {
    describe: 'If-Match is not looked at',
    neighbours: ['http/order-of-checks', 'appointments/all-or-nothing'],
    override: () => ({ matchesIfMatch: () => true }),
  },
  'weak-none-match': {
    describe: 'a weak tag in If-None-Match is not compared weakly',
    neighbours: ['http/head'],
    override: (honest) => ({
      matchesIfNoneMatch: (header, etag) => honest.matchesIfNoneMatch(header.replace(/W\/"[^"]*"/g, '""'), etag),
    }),
  },
  'whole-header': {
    describe: 'If-None-Match is compared as a whole',
    override: () => ({
      matchesIfNoneMatch: (header, etag) => header === etag || header === '*' || header === `W/${etag}`,
    }),
  },
  'none-match-star': {
    describe: 'If-None-Match: * matches nothing',
    override: (honest) => ({
      matchesIfNoneMatch: (header, etag) => header !== '*' && honest.matchesIfNoneMatch(header, etag),
    }),
  },
  'bare-304': {
    describe: 'a 304 has no ETag',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(({ status }) => status === 304, withoutHeader('etag')),
  },
  'state-first': {
    describe: 'a stale cancel that comes too late is told of the state',
    neighbours: ['http/order-of-checks'],
    override: () => ({ checksIfMatchFirst: () => false }),
  },
});
