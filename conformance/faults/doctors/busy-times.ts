import { changingOf, withJson } from '../answers.ts';
import { faults } from '../declare.ts';

const longest = 31 * 86_400_000;

export default faults('doctors/busy-times', {
  'cancelled-too': {
    describe: 'cancelled appointments are busy times',
    override: () => ({ isBusyWith: ({ startsAt, endsAt }, from, to) => startsAt < to && endsAt > from }),
  },
  clipped: {
    describe: 'intervals are clipped to the range',
    override: () => ({
      busySpan: ({ startsAt, endsAt }, from, to) => ({
        startsAt: Math.max(startsAt, from),
        endsAt: Math.min(endsAt, to),
      }),
    }),
  },
  'ends-at-from': {
    describe: 'an appointment that ends at from is in',
    override: () => ({
      isBusyWith: ({ startsAt, endsAt, cancelledAt }, from, to) =>
        cancelledAt === null && startsAt < to && endsAt >= from,
    }),
  },
  'starts-at-to': {
    describe: 'an appointment that starts at to is in',
    override: () => ({
      isBusyWith: ({ startsAt, endsAt, cancelledAt }, from, to) =>
        cancelledAt === null && startsAt <= to && endsAt > from,
    }),
  },
  'started-before': {
    describe: 'an appointment that began before from is left out',
    override: () => ({
      isBusyWith: ({ startsAt, cancelledAt }, from, to) => cancelledAt === null && startsAt < to && startsAt >= from,
    }),
  },
  'ends-after': {
    describe: 'an appointment that ends after to is left out',
    override: () => ({
      isBusyWith: ({ endsAt, cancelledAt }, from, to) => cancelledAt === null && endsAt <= to && endsAt > from,
    }),
  },
  'a-whole-month-refused': {
    describe: 'exactly 31 days are refused',
    override: () => ({
      busyRangeRefusal: (from, to) =>
        to <= from ? 'invalid-range' : to - from >= longest ? 'range-too-long' : undefined,
    }),
  },
  'a-second-more': {
    describe: '31 days and a second are allowed',
    override: () => ({
      busyRangeRefusal: (from, to) =>
        to <= from ? 'invalid-range' : to - from > longest + 1_000 ? 'range-too-long' : undefined,
    }),
  },
  'empty-range': {
    describe: 'a range of no length is allowed',
    override: (honest) => ({
      busyRangeRefusal: (from, to) => (to === from ? undefined : honest.busyRangeRefusal(from, to)),
    }),
  },
  'as-booked': {
    describe: 'busy times are in the order of booking',
    override: () => ({ busyOrder: () => 0 }),
  },
  'reason-shown': {
    describe: 'a busy time tells the id of its appointment',
    neighbours: ['http/documented-response'],
    intercept: changingOf(
      ['listBusyTimes'],
      withJson((value) =>
        Array.isArray(value['items'])
          ? { items: value['items'].map((item) => ({ ...Object(item), appointmentId: '0' })) }
          : value,
      ),
    ),
  },
});
