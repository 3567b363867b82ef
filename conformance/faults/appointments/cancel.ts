import { faults } from '../declare.ts';

export default faults('appointments/cancel', {
  'booker-alone': {
    describe: 'only who booked an appointment can cancel it',
    override: (honest) => ({
      mayCancel: (status, appointment, caller) =>
        appointment.bookedBy === caller.id && honest.mayCancel(status, appointment, caller),
    }),
  },
  'missed-allowed': {
    describe: 'a missed appointment can be cancelled',
    override: () => ({ mayCancel: (status) => status === 'scheduled' || status === 'missed' }),
  },
  'twice-allowed': {
    describe: 'a cancelled appointment can be cancelled again',
    neighbours: ['appointments/cancel-or-join', 'appointments/etag'],
    override: () => ({ mayCancel: (status) => status === 'scheduled' || status === 'cancelled' }),
  },
  'in-progress-allowed': {
    describe: 'an appointment in progress can be cancelled',
    neighbours: ['appointments/cancel-or-join', 'appointments/all-or-nothing'],
    override: () => ({ mayCancel: (status) => status === 'scheduled' || status === 'in_progress' }),
  },
  'completed-allowed': {
    describe: 'a completed appointment can be cancelled',
    override: () => ({ mayCancel: (status) => status === 'scheduled' || status === 'completed' }),
  },
  'until-start': {
    describe: 'once it should have begun an appointment cannot be cancelled',
    neighbours: ['appointments/etag'],
    override: (honest) => {
      let now = 0;
      return {
        statusOf: (appointment, at) => honest.statusOf(appointment, (now = at)),
        mayCancel: (status, appointment) => status === 'scheduled' && now < appointment.startsAt,
      };
    },
  },
  'by-the-doctor': {
    describe: 'cancelledBy is always the doctor',
    override: (honest) => ({
      shownAppointment: (view) => ({
        ...honest.shownAppointment(view),
        cancelledBy: view['cancelledBy'] === null ? null : Object(view['doctor'])['id'],
      }),
    }),
  },
  'reason-lost': {
    describe: 'an empty cancelReason becomes null',
    override: (honest) => ({
      cancellation: (callerId, now, reason) => honest.cancellation(callerId, now, reason || undefined),
    }),
  },
  'reason-of-appointment': {
    describe: 'the reason of a cancel replaces that of the appointment',
    override: (honest) => ({
      shownAppointment: (view) => ({
        ...honest.shownAppointment(view),
        reason: view['cancelReason'] ?? view['reason'],
      }),
    }),
  },
  'no-reason-is-empty': {
    describe: 'without a reason cancelReason is the empty text',
    override: (honest) => ({
      cancellation: (callerId, now, reason) => honest.cancellation(callerId, now, reason ?? ''),
    }),
  },
  'at-the-start': {
    describe: 'cancelledAt is the start of the appointment',
    override: (honest) => ({
      shownAppointment: (view) => ({
        ...honest.shownAppointment(view),
        cancelledAt: view['cancelledAt'] === null ? null : view['startsAt'],
      }),
    }),
  },
});
