import { changingOf, withJson, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/documented-response', {
  'undocumented-property': {
    describe: 'a public profile holds a property that is not documented',
    intercept: changingOf(
      ['getDoctor'],
      withJson((profile) => ({ ...profile, timeZone: 'UTC' })),
    ),
  },
  'deep-property': {
    describe: 'the call inside an appointment holds a property that is not documented',
    override: (honest) => ({
      shownAppointment: (view) => ({ ...honest.shownAppointment(view), call: { ...Object(view['call']), epoch: 0 } }),
    }),
  },
  'null-left-out': {
    describe: 'a property without a value is left out of an account',
    override: (honest) => ({
      shownAccount: (account, createdAt) =>
        Object.fromEntries(
          Object.entries(honest.shownAccount(account, createdAt)).filter(([, value]) => value !== null),
        ),
    }),
  },
  'no-location': {
    describe: 'a created appointment has no Location',
    neighbours: ['appointments/idempotency-key'],
    intercept: changingOf(['createAppointment'], withoutHeader('location')),
  },
  'absolute-location': {
    describe: 'a created appointment names a host in its Location',
    intercept: changingOf(['createAppointment'], (reply) => {
      const { location } = reply.headers;
      return location === undefined
        ? reply
        : { ...reply, headers: { ...reply.headers, location: `http://localhost${location}` } };
    }),
  },
  'other-media-type': {
    describe: 'the metrics are told to be JSON',
    neighbours: ['operations/metrics'],
    seenIn: ['operations/metrics'],
    intercept: changingOf(['getMetrics'], (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'content-type': 'application/json' },
    })),
  },
});
