import { faults } from '../declare.ts';

export default faults('calls/epoch', {
  'user-raises': {
    describe: 'a join of the user raises the epoch, too',
    override: () => ({ nextEpoch: (epoch) => epoch + 1 }),
  },
  'never-raised-again': {
    describe: 'a second join of the doctor does not raise the epoch',
    override: (honest) => ({ nextEpoch: (epoch, role) => Math.min(1, honest.nextEpoch(epoch, role)) }),
  },
  'starts-at-one': {
    describe: 'before the doctor’s first join the epoch is 1',
    override: () => ({ shownGrant: (grant) => ({ ...grant, epoch: Math.max(1, Number(grant['epoch'])) }) }),
  },
  'user-offers': {
    describe: 'the user is the offerer',
    override: (honest) => ({ isOfferer: (role) => !honest.isOfferer(role) }),
  },
  'higher-taken': {
    describe: 'a signal of a higher epoch is taken',
    override: () => ({ isEpochStale: (sent, present) => sent < present }),
  },
  'lower-taken': {
    describe: 'a signal of the epoch before is taken',
    override: () => ({ isEpochStale: (sent, present) => sent > present || sent < present - 1 }),
  },
});
