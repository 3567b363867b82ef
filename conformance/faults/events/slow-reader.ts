import { faults } from '../declare.ts';

export default faults('events/slow-reader', {
  'never-dropped': {
    describe: 'one who does not read is never dropped',
    override: () => ({ longestBacklog: () => Infinity }),
  },
});
