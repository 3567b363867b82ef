import { faults } from '../declare.ts';

export default faults('messages/typing', {
  'to-both': {
    describe: 'who types is told of it, too',
    neighbours: ['events/audience'],
    override: (honest) => ({
      audienceOf: (event, people) =>
        event === 'message.typing' ? [people.doctorId, people.userId] : honest.audienceOf(event, people),
    }),
  },
  'to-nobody': {
    describe: 'nobody is told of it',
    neighbours: ['events/audience'],
    override: (honest) => ({
      audienceOf: (event, people) => (event === 'message.typing' ? [] : honest.audienceOf(event, people)),
    }),
  },
  'cancelled-too': {
    describe: 'typing in a cancelled appointment is told',
    neighbours: ['messages/send', 'messages/client-id', 'appointments/all-or-nothing'],
    override: () => ({ mayMessage: () => true }),
  },
});
