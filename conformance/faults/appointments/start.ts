import { faults } from '../declare.ts';
import { forgiving, valueAt } from '../validation.ts';

const year = 365 * 86_400_000;

export default faults('appointments/start', {
  'now-refused': {
    describe: 'a start at exactly now is refused',
    override: () => ({ isStartAllowed: (startsAt, now) => startsAt > now && startsAt <= now + year }),
  },
  'last-instant-refused': {
    describe: 'a start exactly 365 days on is refused',
    override: () => ({ isStartAllowed: (startsAt, now) => startsAt >= now && startsAt < now + year }),
  },
  'a-minute-ago': {
    describe: 'a start less than a minute ago is allowed',
    override: () => ({ isStartAllowed: (startsAt, now) => startsAt > now - 60_000 && startsAt <= now + year }),
  },
  'a-leap-day-more': {
    describe: 'a start up to 366 days on is allowed',
    override: () => ({ isStartAllowed: (startsAt, now) => startsAt >= now && startsAt <= now + year + 86_400_000 }),
  },
  'any-minute': {
    describe: 'a duration of 6, 11 or 16 minutes and so on is taken',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.rule === 'multipleOf' && Number(valueAt(error, request)) % 5 === 1,
      ),
    }),
  },
  'two-hours-more': {
    describe: 'a duration of 125 minutes is taken',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.pointer === '/durationMinutes' && valueAt(error, request) === 125,
      ),
    }),
  },
  'two-hours-refused': {
    describe: 'a duration of 120 minutes is refused',
    neighbours: ['appointments/listing', 'appointments/no-overlap', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, { body }) =>
        Object(body)['durationMinutes'] === 120 && found.length === 0
          ? [{ in: 'body', pointer: '/durationMinutes', rule: 'exclusiveMaximum', message: 'is too long' }]
          : found,
    }),
  },
  'nothing-taken': {
    describe: 'a duration of 0 minutes is taken',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving((error, request) => error.pointer === '/durationMinutes' && valueAt(error, request) === 0),
    }),
  },
  'long-reason': {
    describe: 'a reason of 501 code points is taken',
    neighbours: ['appointments/all-or-nothing', 'http/text-verbatim'],
    override: () => ({
      toldErrors: forgiving(
        (error, request) =>
          request.operationId === 'createAppointment' &&
          error.pointer === '/reason' &&
          [...String(valueAt(error, request))].length === 501,
      ),
    }),
  },
  'empty-reason': {
    describe: 'an empty reason is refused',
    neighbours: ['http/text-verbatim', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, { body, operationId }) =>
        operationId === 'createAppointment' && Object(body)['reason'] === '' && found.length === 0
          ? [{ in: 'body', pointer: '/reason', rule: 'minLength', message: 'is empty' }]
          : found,
    }),
  },
  'empty-reason-lost': {
    describe: 'an empty reason comes back as null',
    override: (honest) => ({
      shownAppointment: (view) => ({ ...honest.shownAppointment(view), reason: view['reason'] || null }),
    }),
  },
});
