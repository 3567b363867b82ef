import { asProblem, changingWhere, sessionOf } from '../answers.ts';
import { faults, type SpecimenFault } from '../declare.ts';

/** Opens one operation on an appointment to everybody. */
function opening(open: string): SpecimenFault {
  return {
    describe: `${open} answers a third person`,
    neighbours: ['sessions/own-data-only'],
    override: (honest) => ({
      isParticipant: (appointment, accountId, operationId) =>
        operationId === open || honest.isParticipant(appointment, accountId, operationId),
    }),
  };
}

export default faults('appointments/participants-only', {
  'open-get': opening('getAppointment'),
  'open-cancel': opening('cancelAppointment'),
  'open-calendar': opening('getAppointmentCalendar'),
  'open-join': opening('joinCall'),
  'open-leave': opening('leaveCall'),
  'any-doctor': {
    describe: 'any doctor may end a call',
    neighbours: ['sessions/own-data-only'],
    override: (honest) => ({
      isParticipant: (appointment, accountId, operationId) =>
        operationId === 'endCall' || honest.isParticipant(appointment, accountId, operationId),
    }),
  },
  'existence-before-validation': {
    describe: 'an invalid request for somebody else’s appointment is not found',
    neighbours: ['http/ids', 'http/order-of-checks'],
    intercept: async (visit, next, world) => {
      const reply = await next();
      const [, id] = /appointments\/([0-9a-f-]{36})\/?/.exec(visit.path) ?? [];
      if (reply.status !== 400 || id === undefined) return reply;
      const callerId = sessionOf(visit, world)?.accountId;
      const { doctorId, userId } = world.appointments.get(id) ?? {};
      return callerId === doctorId || callerId === userId ? reply : asProblem('not-found')(reply, visit);
    },
  },
  'detail-tells': {
    describe: 'the detail tells that the appointment is somebody else’s',
    override: () => ({
      notFound: (exists) => (exists ? 'This appointment is not yours.' : 'There is no such appointment.'),
    }),
  },
  'forbidden-instead': {
    describe: 'a third person gets a 403',
    neighbours: ['http/documented-response', 'http/order-of-checks', 'sessions/own-data-only'],
    override: () => ({ notFound: (exists) => (exists ? 'Not yours.' : 'Nothing.') }),
    intercept: changingWhere((reply) => reply.body.includes('Not yours.'), asProblem('forbidden-role')),
  },
});
