import { faults } from '../declare.ts';

export default faults('events/prompt', {
  'slow-elsewhere': {
    describe: 'events are on the streams of the other replica after 1.5 s',
    override: () => ({ eventDelay: (replica) => (replica === 1 ? 1_500 : 0) }),
  },
  slow: {
    describe: 'events are on every stream after 1.2 s',
    override: () => ({ eventDelay: () => 1_200 }),
  },
});
