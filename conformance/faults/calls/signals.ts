import { changingWhere } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

export default faults('calls/signals', {
  'sent-twice': {
    describe: 'a repeat of a signal is told again',
    override: () => ({ isSignalRepeated: () => false }),
  },
  'of-both-senders': {
    describe: 'a clientId that one of the two has used is a repeat for the other',
    override: () => ({ signalKey: (appointmentId, _, clientId) => `${appointmentId} ${clientId}` }),
  },
  'too-long-taken': {
    describe: 'data of more than 32,768 bytes is taken',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({ toldErrors: forgiving(({ pointer, rule }) => pointer === '/data' && rule === 'maxLength') }),
  },
  'too-deep-taken': {
    describe: 'data of more than 32 levels is taken',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({ toldErrors: forgiving(({ pointer, rule }) => pointer === '/data' && rule === 'maxDepth') }),
  },
  'lists-taken': {
    describe: 'a list as data is taken',
    neighbours: ['http/closed-input', 'http/validation-names-every-error'],
    override: () => ({ toldErrors: forgiving(({ pointer, rule }) => pointer === '/data' && rule === 'type') }),
  },
  'to-the-sender-too': {
    describe: 'the sender gets its signal, too',
    neighbours: ['events/audience'],
    override: (honest) => ({
      audienceOf: (event, people) =>
        event === 'call.signal' ? [people.doctorId, people.userId] : honest.audienceOf(event, people),
    }),
  },
  'not-joined-taken': {
    describe: 'a signal after a leave is taken',
    neighbours: ['calls/presence'],
    override: (honest) => ({ presenceRefusal: (facts) => honest.presenceRefusal({ ...facts, hasLeft: false }) }),
  },
  'plain-200': {
    describe: 'a signal of more than 16 KiB is answered with 200',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(
      ({ status }, { operationId, headers }) =>
        operationId === 'sendSignal' && status === 202 && Number(headers['content-length']) > 16_384,
      (reply) => ({ ...reply, status: 200 }),
    ),
  },
});
