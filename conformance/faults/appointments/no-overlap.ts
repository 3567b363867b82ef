import { faults } from '../declare.ts';

export default faults('appointments/no-overlap', {
  'right-before-refused': {
    describe: 'an appointment that ends when another starts is refused',
    override: (honest) => ({
      overlaps: (old, added) => added.endsAt === old.startsAt || honest.overlaps(old, added),
    }),
  },
  'right-after-refused': {
    describe: 'an appointment of another length that starts when one ends is refused',
    neighbours: ['appointments/etag', 'appointments/start'],
    override: (honest) => ({
      overlaps: (old, added) =>
        (added.startsAt === old.endsAt && added.endsAt - added.startsAt !== old.endsAt - old.startsAt) ||
        honest.overlaps(old, added),
    }),
  },
  'a-minute-allowed': {
    describe: 'two appointments may overlap by less than a minute',
    override: () => ({
      overlaps: (left, right) => left.startsAt + 60_000 <= right.endsAt && right.startsAt + 60_000 <= left.endsAt,
    }),
  },
  'around-allowed': {
    describe: 'an appointment around another one is allowed',
    override: (honest) => ({
      overlaps: (old, added) =>
        honest.overlaps(old, added) && !(added.startsAt < old.startsAt && added.endsAt > old.endsAt),
    }),
  },
  'inside-allowed': {
    describe: 'an appointment inside another one is allowed',
    override: (honest) => ({
      overlaps: (old, added) =>
        honest.overlaps(old, added) && !(added.startsAt > old.startsAt && added.endsAt < old.endsAt),
    }),
  },
  'same-start-alone': {
    describe: 'only appointments of the same start are in each other’s way',
    neighbours: ['appointments/one-winner'],
    override: () => ({ overlaps: (left, right) => left.startsAt === right.startsAt }),
  },
  'users-free': {
    describe: 'a user may have two doctors at once',
    neighbours: ['appointments/one-winner'],
    override: () => ({ isInTheWay: (other, doctorId) => other.doctorId === doctorId }),
  },
  'doctors-free': {
    describe: 'a doctor may have two users at once',
    neighbours: ['appointments/one-winner', 'appointments/all-or-nothing', 'appointments/idempotency-key'],
    override: () => ({ isInTheWay: (other, _, userId) => other.userId === userId }),
  },
  'same-pair-alone': {
    describe: 'only appointments of the same two people are in each other’s way',
    neighbours: ['appointments/one-winner', 'appointments/all-or-nothing', 'appointments/idempotency-key'],
    override: () => ({
      isInTheWay: (other, doctorId, userId) => other.doctorId === doctorId && other.userId === userId,
    }),
  },
  'cancelled-in-the-way': {
    describe: 'what the doctor cancelled does not free its time',
    neighbours: ['appointments/cancel', 'appointments/idempotency-key'],
    override: (honest) => ({
      takesTime: (appointment, status) =>
        appointment.cancelledBy === appointment.doctorId || honest.takesTime(appointment, status),
    }),
  },
  'completed-frees': {
    describe: 'a call that was ended early frees its time',
    override: () => ({ takesTime: (_, status) => status !== 'cancelled' && status !== 'completed' }),
  },
});
