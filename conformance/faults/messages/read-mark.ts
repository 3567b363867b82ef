import { faults } from '../declare.ts';

export default faults('messages/read-mark', {
  'moves-back': {
    describe: 'an older message moves the mark back',
    override: () => ({ newerMark: (_, asked) => asked }),
  },
  'one-too-few': {
    describe: 'the named message itself stays unread',
    override: () => ({ newerMark: (present, asked) => Math.max(present, asked - 1) }),
  },
  'own-counted': {
    describe: 'one’s own messages count as unread',
    override: () => ({ isUnread: (_, __, isBeyondMark) => isBeyondMark }),
  },
  'all-counted': {
    describe: 'the mark is not looked at',
    override: () => ({ isUnread: (message, readerId) => message.senderId !== readerId }),
  },
  'sending-reads': {
    describe: 'who sends has read all before',
    override: () => ({ marksOnSend: () => true }),
  },
  'one-mark-for-both': {
    describe: 'the participants share one mark',
    override: () => ({ markOwner: () => 'both' }),
  },
  'cancelled-left-out': {
    describe: 'what is unread in a cancelled appointment does not count',
    override: (honest) => ({
      listedFor: (appointment, accountId) =>
        appointment.cancelledAt === null && honest.listedFor(appointment, accountId),
    }),
    neighbours: ['appointments/listing'],
  },
  'unknown-ignored': {
    describe: 'upTo of no message here is 204',
    neighbours: ['http/validation-names-every-error', 'messages/order'],
    override: () => ({ isUnknownRefused: () => false }),
  },
});
