import { faults } from '../declare.ts';

export default faults('appointments/listing', {
  'from-to-the-minute': {
    describe: 'the seconds of from are dropped',
    override: (honest) => ({
      isInRange: (startsAt, from, to) =>
        honest.isInRange(startsAt, from === undefined ? undefined : from - (from % 60_000), to),
    }),
  },
  'to-inclusive': {
    describe: 'an appointment that starts at exactly to is in',
    override: () => ({
      isInRange: (startsAt, from, to) =>
        (from === undefined || startsAt >= from) && (to === undefined || startsAt <= to),
    }),
  },
  'from-alone-ignored': {
    describe: 'from without to is ignored',
    neighbours: ['appointments/one-winner'],
    override: (honest) => ({
      isInRange: (startsAt, from, to) => (to === undefined ? true : honest.isInRange(startsAt, from, to)),
    }),
  },
  'stored-status': {
    describe: 'the status filter looks at what was stored and not at the time',
    override: () => ({
      matchesStatus: (status, wanted) => status === wanted || (wanted === 'scheduled' && status === 'missed'),
    }),
  },
  'in-progress-left-out': {
    describe: 'the filter scheduled also gives what is in progress',
    override: () => ({
      matchesStatus: (status, wanted) => status === wanted || (wanted === 'scheduled' && status === 'in_progress'),
    }),
  },
  'doctors-bookings-to-all': {
    describe: 'what a doctor booked is listed to everybody',
    neighbours: ['appointments/counterpart', 'appointments/one-winner', 'appointments/participants-only'],
    override: (honest) => ({
      listedFor: (appointment, accountId) =>
        appointment.bookedBy === appointment.doctorId || honest.listedFor(appointment, accountId),
    }),
  },
  'own-bookings-missed': {
    describe: 'a doctor does not see what it booked itself',
    neighbours: ['appointments/one-winner', 'appointments/participants-only'],
    override: (honest) => ({
      listedFor: (appointment, accountId) =>
        honest.listedFor(appointment, accountId) &&
        !(accountId === appointment.doctorId && accountId === appointment.bookedBy),
    }),
  },
  'cancelled-left-out': {
    describe: 'cancelled appointments are not listed',
    neighbours: ['appointments/all-or-nothing', 'appointments/status', 'messages/read-mark'],
    override: (honest) => ({
      listedFor: (appointment, accountId) =>
        appointment.cancelledAt === null && honest.listedFor(appointment, accountId),
    }),
  },
  'as-booked': {
    describe: 'the list is in the order of booking',
    neighbours: ['http/pages'],
    override: () => ({ appointmentKey: ({ createdAt, id }) => [createdAt, id] }),
  },
  'same-start-by-age': {
    describe: 'appointments of one start are not ordered by id',
    override: () => ({ appointmentKey: ({ startsAt, createdAt, id }) => [startsAt, createdAt, id] }),
  },
  'latest-first': {
    describe: 'the list begins with the latest',
    neighbours: ['http/pages', 'appointments/one-winner'],
    override: () => ({ appointmentKey: ({ startsAt, id }) => [-startsAt, id] }),
  },
  'empty-range': {
    describe: 'a range of no length gives an empty list',
    neighbours: ['http/order-of-checks'],
    override: () => ({ isListRangeAllowed: (from, to) => to >= from }),
  },
});
