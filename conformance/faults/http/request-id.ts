import { randomUUID } from 'node:crypto';
import { changingWhere, isProblem, withHeaders, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

const shortened = (pattern: RegExp) => (sent: string | undefined) => (sent && pattern.test(sent) ? sent : randomUUID());

export default faults('http/request-id', {
  'one-less': {
    describe: 'an id of 128 characters is replaced',
    override: () => ({ requestId: shortened(/^[A-Za-z0-9._-]{1,127}$/) }),
  },
  'underscore-refused': {
    describe: 'an id with an underscore is replaced',
    override: () => ({ requestId: shortened(/^[A-Za-z0-9.-]{1,128}$/) }),
  },
  'cut-off': {
    describe: 'an id that is too long is cut instead of replaced',
    override: (honest) => ({ requestId: (sent) => honest.requestId(sent?.slice(0, 128)) }),
  },
  cleaned: {
    describe: 'an invalid id is echoed without what is invalid in it',
    override: (honest) => ({ requestId: (sent) => honest.requestId(sent?.replace(/[^A-Za-z0-9._-]/g, '')) }),
  },
  'another-in-problems': {
    describe: 'a problem names another id than the header',
    override: () => ({ requestIdOfProblem: () => randomUUID() }),
  },
  'not-on-problems': {
    describe: 'the header of a problem is generated anew',
    intercept: changingWhere(isProblem, (reply) => withHeaders({ 'x-request-id': randomUUID() })(reply)),
  },
  'not-without-body': {
    describe: 'an answer without a body has none',
    seenIn: ['appointments/etag'],
    neighbours: ['http/documented-response'],
    intercept: changingWhere(({ status }) => status === 204 || status === 304, withoutHeader('x-request-id')),
  },
});
