import { asProblem, changingWhere, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('messages/client-id', {
  'sent-twice': {
    describe: 'a repeat is sent again',
    neighbours: ['events/audience'],
    override: () => ({ isSameMessage: () => false }),
  },
  'of-both-senders': {
    describe: 'a clientId belongs to both participants',
    override: () => ({ isSameMessage: (message, _, clientId) => message.clientId === clientId }),
  },
  'letter-case-counts': {
    describe: 'a clientId in another letter case is another one',
    neighbours: ['http/ids'],
    override: (honest) => {
      let spelling = '';
      return {
        readId: (text) => {
          spelling = text;
          return honest.readId(text);
        },
        isSameMessage: (message, senderId, clientId) =>
          honest.isSameMessage(message, senderId, clientId) && spelling === spelling.toLowerCase(),
      };
    },
  },
  'other-text-taken': {
    describe: 'another text with the same clientId answers with the first message',
    override: () => ({ isSameText: () => true }),
  },
  'created-again': {
    describe: 'a repeat is 201',
    override: () => ({ repeatStatus: () => 201 }),
  },
  'cancel-decides-first': {
    describe: 'a repeat after a cancel is refused',
    neighbours: ['http/order-of-checks'],
    override: () => ({ knownClientIdFirst: () => false }),
  },
  'other-refusal': {
    describe: 'another text is refused as an invalid transition',
    neighbours: ['http/order-of-checks'],
    intercept: changingWhere((reply) => codeOf(reply) === 'client-id-reused', asProblem('invalid-transition')),
  },
});
