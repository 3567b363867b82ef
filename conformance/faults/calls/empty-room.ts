import { faults } from '../declare.ts';

const minute = 60_000;

export default faults('calls/empty-room', {
  'a-moment-later': {
    describe: 'at exactly 5 minutes after the last one left the room still lives',
    override: () => ({ isRoomLiving: (emptySince, now) => now <= emptySince + 5 * minute }),
  },
  'four-minutes': {
    describe: 'an empty room is discarded after 4 minutes',
    override: () => ({ isRoomLiving: (emptySince, now) => now < emptySince + 4 * minute }),
  },
  never: {
    describe: 'an empty room lives on',
    override: () => ({ isRoomLiving: () => true }),
  },
  'from-the-lapse': {
    describe: 'after a lapse the 5 minutes count from 20 seconds after the last heartbeat',
    override: (honest) => {
      const isLapsed = (leftAt: number | null) => leftAt === null;
      return {
        emptySinceOf: (connection) => honest.emptySinceOf(connection) + (isLapsed(connection.leftAt) ? 20_000 : 0),
      };
    },
  },
  'old-name': {
    describe: 'the room after a discarded one has its name',
    override: (honest) => ({ newRoomName: (appointment) => honest.newRoomName(appointment, 0) }),
  },
});
