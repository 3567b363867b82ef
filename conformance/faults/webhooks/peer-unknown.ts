import { asProblem, changingWhere } from '../answers.ts';
import { faults } from '../declare.ts';

const isCallback = (_: unknown, { path }: { path: string }) => path === '/v1/webhooks/twilio/rooms';

export default faults('webhooks/peer-unknown', {
  'signature-asked': {
    describe: 'a callback is refused for its signature',
    intercept: changingWhere(
      (reply, visit) => isCallback(reply, visit) && visit.method === 'POST',
      asProblem('invalid-signature'),
    ),
  },
  'known-path': {
    describe: 'another method is 405',
    intercept: changingWhere(
      (reply, visit) => isCallback(reply, visit) && visit.method !== 'POST',
      asProblem('method-not-allowed', { allow: 'POST, OPTIONS' }),
    ),
  },
  'options-answered': {
    describe: 'OPTIONS is 204',
    intercept: changingWhere(
      (reply, visit) => isCallback(reply, visit) && visit.method === 'OPTIONS',
      (reply) => ({
        ...reply,
        status: 204,
        headers: { 'x-request-id': reply.headers['x-request-id'] ?? '', 'x-content-type-options': 'nosniff' },
        body: '',
      }),
    ),
  },
});
