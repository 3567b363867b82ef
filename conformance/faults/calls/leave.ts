import { faults } from '../declare.ts';

export default faults('calls/leave', {
  'repeat-moves': {
    describe: 'a second leave moves leftAt',
    override: () => ({ mayLeave: (isNewest) => isNewest }),
  },
  'others-connection': {
    describe: 'one can leave with the connection of the other',
    neighbours: ['sessions/own-data-only', 'calls/presence'],
    override: () => ({ mayNameConnection: () => true }),
  },
  'never-leaves': {
    describe: 'a leave changes nothing',
    neighbours: ['calls/state', 'calls/empty-room', 'calls/presence'],
    override: () => ({ mayLeave: () => false }),
  },
});
