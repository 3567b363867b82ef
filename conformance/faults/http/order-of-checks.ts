import { asProblem, changingWhere, sessionOf } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/order-of-checks', {
  'session-before-method': {
    describe: 'a known path with another method asks for a session first',
    neighbours: ['http/method-not-allowed'],
    intercept: async (visit, next, world) => {
      const reply = await next();
      if (reply.status !== 405 || sessionOf(visit, world) || !visit.path.startsWith('/v1/')) return reply;
      return asProblem('unauthenticated', { 'www-authenticate': 'Bearer' })(reply, visit);
    },
  },
  'limit-before-session': {
    describe: 'a body that is too long is told before a missing session',
    neighbours: ['http/body-limit', 'sessions/required'],
    intercept: changingWhere(
      ({ status }, { headers }) => status === 401 && Number(headers['content-length'] ?? 0) > 65_536,
      asProblem('payload-too-large'),
    ),
  },
  'start-before-participant': {
    describe: 'an impossible start is told before an unknown participant',
    override: () => ({ bookingRefusals: () => ['invalid-start', 'unknown-participant', 'slot-taken'] }),
  },
  'slot-before-start': {
    describe: 'a taken slot is told before an impossible start',
    override: () => ({ bookingRefusals: () => ['unknown-participant', 'slot-taken', 'invalid-start'] }),
  },
  'email-before-invite': {
    describe: 'a taken email is told before a missing invite',
    neighbours: ['accounts/doctor-invite'],
    override: () => ({
      firstRefusal: (isInviteMissing, isTaken) =>
        isTaken ? 'email-taken' : isInviteMissing ? 'invite-required' : undefined,
    }),
  },
  'state-before-if-match': {
    describe: 'a cancel that comes too late is told before a stale If-Match',
    neighbours: ['appointments/etag'],
    override: () => ({ checksIfMatchFirst: () => false }),
  },
  'state-before-role': {
    describe: 'a user who ends a call that is not in progress is told of the state',
    neighbours: ['calls/doctor-ends', 'sessions/own-data-only'],
    override: (honest) => ({
      mayEnd: (caller, status) => status !== 'in_progress' || honest.mayEnd(caller, status),
    }),
  },
  'long-before-empty-range': {
    describe: 'a range that ends long before it begins is told as too long',
    neighbours: ['doctors/busy-times'],
    override: (honest) => ({
      busyRangeRefusal: (from, to) =>
        Math.abs(to - from) > 31 * 86_400_000 ? 'range-too-long' : honest.busyRangeRefusal(from, to),
    }),
  },
});
