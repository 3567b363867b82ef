import { changing } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving, valueAt } from '../validation.ts';

const overflowing = (text: string) => /^\d{4}-02-(29|30|31)T/.test(text);

export default faults('http/instants', {
  'offset-ignored': {
    describe: 'the offset is read and not applied',
    override: (honest) => ({ readInstant: (text) => honest.readInstant(text.replace(/[+-]\d\d:\d\d$/, 'Z')) }),
  },
  'minutes-of-offset-ignored': {
    describe: 'only the hours of an offset are applied',
    override: (honest) => ({ readInstant: (text) => honest.readInstant(text.replace(/([+-]\d\d):\d\d$/, '$1:00')) }),
  },
  rounded: {
    describe: 'a fraction is rounded to milliseconds',
    override: (honest) => ({
      readInstant: (text) => honest.readInstant(text) + (/\.\d{3}[5-9]/.test(text) ? 1 : 0),
    }),
  },
  'local-time-taken': {
    describe: 'an instant without an offset is taken for UTC',
    override: (honest) => ({
      toldErrors: forgiving((error, request) => /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(String(valueAt(error, request)))),
      readInstant: (text) => honest.readInstant(/[Z]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`),
    }),
  },
  'february-overflows': {
    describe: '30 February is taken for a day in March',
    neighbours: ['http/validation-names-every-error'],
    override: (honest) => ({
      toldErrors: forgiving(
        (error, request) => error.rule === 'format' && overflowing(String(valueAt(error, request))),
      ),
      readInstant: (text) => (overflowing(text) ? Date.parse(text) : honest.readInstant(text)),
    }),
  },
  'leap-second-taken': {
    describe: 'second 60 is taken',
    override: (honest) => ({
      toldErrors: forgiving((error, request) => /:60(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(valueAt(error, request)))),
      readInstant: (text) => honest.readInstant(text.replace(/:60(?=[.Z+-])/, ':59')),
    }),
  },
  'lower-case-taken': {
    describe: 'a lower case t or z is taken',
    override: (honest) => ({
      toldErrors: forgiving((error, request) => /^[\d-]+t|\dz$/.test(String(valueAt(error, request)))),
      readInstant: (text) => honest.readInstant(text.toUpperCase()),
    }),
  },
  'milliseconds-dropped': {
    describe: 'an instant on the full second is written without milliseconds',
    neighbours: ['http/documented-response'],
    override: (honest) => ({ writeInstant: (instant) => honest.writeInstant(instant).replace('.000Z', 'Z') }),
  },
  'offset-written': {
    describe: 'instants are written with +00:00 in busy times',
    neighbours: ['http/documented-response', 'doctors/busy-times'],
    seenIn: ['doctors/busy-times'],
    intercept: changing((reply, { operationId }) =>
      operationId === 'listBusyTimes' ? { ...reply, body: reply.body.replaceAll('Z"', '+00:00"') } : reply,
    ),
  },
});
