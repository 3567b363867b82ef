import { faults } from '../declare.ts';

export default faults('calls/signals-forgotten', {
  kept: {
    describe: 'signals keep their data after the call',
    override: () => ({ forgetsSignals: () => false }),
  },
  'until-time-is-over': {
    describe: 'signals of a call that the doctor ended keep their data',
    override: () => ({ forgetsSignals: ({ call }) => call.endedAt === null }),
  },
  'ended-alone': {
    describe: 'signals of a call that time ended keep their data',
    override: () => ({ forgetsSignals: ({ call }) => call.endedAt !== null }),
  },
});
