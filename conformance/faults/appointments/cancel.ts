import type { Role } from '../../specimen/world.ts';
import { faults, type SpecimenFault } from '../declare.ts';

/** One of the two cannot cancel once the appointment should have begun. */
function untilStart(role: Role): SpecimenFault {
  return {
    describe: `a ${role} cannot cancel an appointment once it should have begun`,
    neighbours: ['appointments/etag'],
    override: (honest) => {
      let now = 0;
      return {
        statusOf: (appointment, at) => honest.statusOf(appointment, (now = at)),
        mayCancel: (status, appointment, caller) =>
          status === 'scheduled' && (caller.role !== role || now < appointment.startsAt),
      };
    },
  };
}

export default faults('appointments/cancel', {
  'users-until-start': untilStart('user'),
  'doctors-until-start': untilStart('doctor'),
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
