import { faults } from '../declare.ts';

const minute = 60_000;

export default faults('calls/window', {
  'opens-later': {
    describe: 'at exactly 10 minutes before the start it is still too early',
    override: (honest) => ({
      joinRefusal: (status, now, opensAt) => (now === opensAt ? 'too-early' : honest.joinRefusal(status, now, opensAt)),
    }),
  },
  'opens-earlier': {
    describe: 'join opens 15 minutes before the start',
    override: (honest) => ({ opensAt: (appointment) => honest.opensAt(appointment) - 5 * minute }),
  },
  'opens-at-told-wrongly': {
    describe: 'opensAt names the start of the appointment',
    override: (honest) => ({
      joinRefusal: (status, now, opensAt) => honest.joinRefusal(status, now, opensAt - 10 * minute),
      opensAt: (appointment) => appointment.startsAt,
    }),
  },
  'closed-at-end': {
    describe: 'who reloads after endsAt is told that the call is over',
    override: (honest) => {
      let end = Infinity;
      return {
        opensAt: (appointment) => {
          end = appointment.endsAt;
          return honest.opensAt(appointment);
        },
        joinRefusal: (status, now, opensAt) => (now >= end ? 'call-over' : honest.joinRefusal(status, now, opensAt)),
      };
    },
  },
  'missed-is-cancelled': {
    describe: 'a missed appointment is told as cancelled',
    override: (honest) => ({
      joinRefusal: (status, now, opensAt) =>
        status === 'missed' ? 'appointment-cancelled' : honest.joinRefusal(status, now, opensAt),
    }),
  },
  'cancelled-is-over': {
    describe: 'a cancelled appointment is told as over',
    neighbours: ['http/order-of-checks', 'appointments/cancel-or-join', 'appointments/all-or-nothing'],
    override: (honest) => ({
      joinRefusal: (status, now, opensAt) => {
        const refusal = honest.joinRefusal(status, now, opensAt);
        return refusal === 'appointment-cancelled' ? 'call-over' : refusal;
      },
    }),
  },
  'ended-comes-back': {
    describe: 'a call that was ended can be joined until its time is over',
    neighbours: ['calls/doctor-ends'],
    override: (honest) => ({
      joinRefusal: (status, now, opensAt) =>
        status === 'completed' ? undefined : honest.joinRefusal(status, now, opensAt),
    }),
  },
});
