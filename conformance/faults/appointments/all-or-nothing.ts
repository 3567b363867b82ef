import type { Intercept } from '../../specimen/fault.ts';
import type { Appointment } from '../../specimen/world.ts';
import { codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

/** Does something to the named appointment when an operation on it was refused. */
const afterRefusal =
  (operationId: string, codes: string[], harm: (appointment: Appointment) => void): Intercept =>
  async (visit, next, world) => {
    const reply = await next();
    const appointment = world.appointments.get(visit.path.split('/')[3] ?? '');
    if (visit.operationId === operationId && appointment && codes.includes(codeOf(reply) ?? '')) harm(appointment);
    return reply;
  };

export default faults('appointments/all-or-nothing', {
  'refused-booking-kept': {
    describe: 'a booking refused for its slot is kept as a cancelled one',
    neighbours: ['appointments/counterpart', 'appointments/one-winner'],
    override: (honest) => ({
      beforeRefusals: (world, appointment) => {
        const busy = [...world.appointments.values()].some(
          (other) =>
            honest.isInTheWay(other, appointment.doctorId, appointment.userId) &&
            other.cancelledAt === null &&
            honest.overlaps(other, appointment),
        );
        if (busy && world.accounts.has(appointment.doctorId) && world.accounts.has(appointment.userId)) {
          world.appointments.set(appointment.id, { ...appointment, cancelledAt: appointment.createdAt });
        }
      },
    }),
  },
  'refused-reason-kept': {
    describe: 'a refused cancel leaves its reason',
    neighbours: ['appointments/etag', 'appointments/cancel', 'appointments/cancel-or-join'],
    intercept: afterRefusal('cancelAppointment', ['invalid-transition', 'stale-version'], (appointment) => {
      appointment.cancelReason = 'refused';
    }),
  },
  'early-join-counts': {
    describe: 'a join that comes too early raises the epoch',
    intercept: afterRefusal('joinCall', ['too-early'], ({ call }) => {
      call.epoch += 1;
    }),
  },
  'refused-end-counts': {
    describe: 'a refused end of a call marks it as ended',
    neighbours: ['calls/doctor-ends'],
    intercept: afterRefusal('endCall', ['invalid-transition', 'forbidden-role'], ({ call, startsAt }) => {
      call.endedAt ??= startsAt;
    }),
  },
  'half-a-change': {
    describe: 'a refused change of an account leaves its valid half',
    override: (honest) => {
      let valid: string | undefined;
      return {
        toldErrors: (found, { operationId, body }) => {
          const name = Object(body)['displayName'] as unknown;
          const isHalf = operationId === 'updateMe' && found.length > 0 && typeof name === 'string' && name !== '';
          if (isHalf && !found.some(({ pointer }) => pointer === '/displayName')) valid = name;
          return found;
        },
        actingAs: (owner, headers, world) => {
          if (valid !== undefined) owner.displayName = valid;
          valid = undefined;
          return honest.actingAs(owner, headers, world);
        },
      };
    },
  },
});
