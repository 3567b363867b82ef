import { setTimeout as wait } from 'node:timers/promises';
import { faults } from '../declare.ts';

const pauseInJoin = (operationId: string) => (operationId === 'joinCall' ? wait(20) : undefined);

export default faults('calls/one-room', {
  'room-of-ones-own': {
    describe: 'simultaneous first joins make a room each',
    isRace: true,
    neighbours: ['appointments/cancel-or-join'],
    override: (honest) => {
      let made = 0;
      return {
        pauseBeforeWrite: pauseInJoin,
        newRoomName: (appointment, before) => `${honest.newRoomName(appointment, before)}-${(made += 1)}`,
      };
    },
  },
  'doctor-first': {
    describe: 'a user who comes first is told that it is too early',
    override: (honest) => {
      let isUserAlone = false;
      return {
        isParticipant: (appointment, accountId, operationId) => {
          isUserAlone = accountId === appointment.userId && appointment.call.rooms.length === 0;
          return honest.isParticipant(appointment, accountId, operationId);
        },
        joinRefusal: (status, now, opensAt) =>
          isUserAlone && status === 'scheduled' ? 'too-early' : honest.joinRefusal(status, now, opensAt),
      };
    },
  },
  'grant-ends-with-appointment': {
    describe: 'a grant expires at endsAt',
    override: () => ({ grantExpiry: (appointment) => appointment.endsAt }),
  },
  'provider-unnamed': {
    describe: 'a grant names another provider',
    neighbours: ['http/documented-response'],
    override: () => ({ shownGrant: (grant) => ({ ...grant, provider: 'webrtc' }) }),
  },
});
