import { faults } from '../declare.ts';
import { forgiving, refusingText, valueAt } from '../validation.ts';

export default faults('messages/send', {
  'one-more-taken': {
    describe: 'a message of 4,001 code points is taken',
    neighbours: ['http/text-verbatim'],
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.pointer === '/body' && [...String(valueAt(error, request))].length === 4001,
      ),
    }),
  },
  'utf-16-counted': {
    describe: 'the length of a message counts UTF-16 units',
    neighbours: ['http/text-verbatim'],
    override: () => ({
      toldErrors: (found, request) =>
        found.length > 0 || request.operationId !== 'sendMessage'
          ? found
          : refusingText(['body'], (text) => text.length > 4000, 'maxLength')([], request),
    }),
  },
  'blank-taken': {
    describe: 'a message of white space alone is taken',
    neighbours: ['http/text-verbatim'],
    override: () => ({
      toldErrors: forgiving((error, request) => {
        const value = valueAt(error, request);
        return error.pointer === '/body' && typeof value === 'string' && value !== '' && value.trim() === '';
      }),
    }),
  },
  'cancelled-too': {
    describe: 'messages are taken in a cancelled appointment',
    neighbours: ['messages/client-id', 'messages/typing', 'appointments/all-or-nothing'],
    override: () => ({ mayMessage: () => true }),
  },
  'until-completed': {
    describe: 'no message is taken once the call is over',
    override: () => ({ mayMessage: (status) => status !== 'cancelled' && status !== 'completed' }),
  },
  'not-when-missed': {
    describe: 'no message is taken in a missed appointment',
    override: () => ({ mayMessage: (status) => status !== 'cancelled' && status !== 'missed' }),
  },
});
