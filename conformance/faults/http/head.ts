import { asProblem, changingWhere, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

const isHead = (_: unknown, { method }: { method: string }) => method === 'HEAD';

export default faults('http/head', {
  'not-allowed': {
    describe: 'HEAD is refused on the calendar',
    override: () => ({ answersHead: (operationId) => operationId !== 'getAppointmentCalendar' }),
  },
  'no-etag': {
    describe: 'HEAD has no ETag',
    intercept: changingWhere(isHead, withoutHeader('etag')),
  },
  'always-found': {
    describe: 'HEAD of what does not exist is 200',
    intercept: changingWhere(
      (reply, visit) => isHead(reply, visit) && reply.status === 404 && visit.operationId !== undefined,
      (reply) => ({ ...reply, status: 200, headers: { ...reply.headers, 'content-type': 'application/json' } }),
    ),
  },
  'other-media-type': {
    describe: 'HEAD of the metrics has no media type',
    intercept: changingWhere(
      (reply, visit) => isHead(reply, visit) && visit.operationId === 'getMetrics',
      withoutHeader('content-type'),
    ),
  },
  'not-for-health': {
    describe: 'HEAD on /healthz is 405',
    intercept: changingWhere(
      (reply, visit) => isHead(reply, visit) && visit.path === '/healthz',
      asProblem('method-not-allowed', { allow: 'GET, OPTIONS' }),
    ),
  },
});
