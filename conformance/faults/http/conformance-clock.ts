import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./conformance-clock.wrapper.ts', import.meta.url));

export default faults('http/conformance-clock', {
  'malformed-ignored': {
    describe: 'a malformed header is ignored',
    override: (honest) => ({
      readClock: (header, realNow) =>
        header === undefined || Number.isNaN(honest.readInstant(header)) ? realNow : header,
    }),
  },
  'named-wrongly': {
    describe: 'a malformed header is named in lower case',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found) =>
        found.map((error) =>
          error.pointer === '/Conformance-Now' ? { ...error, pointer: '/conformance-now' } : error,
        ),
    }),
  },
  'never-in-the-past': {
    describe: 'a time before the real one is taken for the real one',
    override: (honest) => ({
      readClock: (header, realNow) =>
        header !== undefined && honest.readInstant(header) < realNow ? realNow : (header ?? realNow),
    }),
  },
  'without-offset-taken': {
    describe: 'a time without an offset is taken for UTC',
    override: () => ({
      readClock: (header, realNow) =>
        header !== undefined && /T[\d:.]+$/.test(header) ? `${header}Z` : (header ?? realNow),
    }),
  },
  'not-for-creation': {
    describe: 'createdAt is real time',
    override: (honest) => ({
      shownAppointment: (view) => ({ ...honest.shownAppointment(view), createdAt: '2026-01-01T00:00:00.000Z' }),
    }),
  },
  'not-for-sessions': {
    describe: 'the expiry of a session is counted from real time',
    neighbours: ['sessions/token'],
    override: (honest) => ({ sessionExpiry: () => honest.sessionExpiry(Date.now()) }),
  },
  'always-on': mode('always-on', 'the clock is on without the setting', ['operations/configuration']),
  'on-in-secret': mode('on-in-secret', 'the header rules without the setting, and getMeta does not say so'),
  'in-production': mode('in-production', 'it starts with the clock on in production', ['operations/configuration']),
});
