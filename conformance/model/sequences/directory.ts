import fc from 'fast-check';
import { step, type Operand, type Step } from '../step.ts';
import { at } from './bookings.ts';
import { anySession, fewTimesOther, type Limits, replica, session, somebody, sometimes, waiting } from './pieces.ts';
import { query } from './texts.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const bound: fc.Arbitrary<Operand> = fc.oneof(
  fc.constantFrom<Operand>({ $: 'edge', of: 'start', newest: 0, ms: 0 }, { $: 'edge', of: 'end', newest: 0, ms: 0 }),
  fc.constantFrom(...[5, 20, -60].map((minutes) => at(minutes * minute))),
  fc.constant<Operand>({ $: 'edge', of: 'start', newest: 0, ms: 30_000 }),
);

export const listAppointments = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      query: sometimes(
        {
          status: fc.constantFrom<Operand>('scheduled', 'in_progress', 'completed', 'missed', 'cancelled'),
          from: bound,
          to: bound,
          limit: fc.integer({ min: 1, max: 3 }),
        },
        2,
      ),
      cursor: sometimes({ cursor: fc.constant<Operand>({ $: 'foreign cursor' }) }, 12),
      wait: waiting(limits),
      session,
      replica,
    })
    .map(({ who, query, cursor, ...rest }) =>
      step(who, 'listAppointments', { ...rest, query: { ...query, ...cursor } }),
    );

const doctorPath = fewTimesOther<Operand>(
  { $: 'account', who: 'doctor 1' },
  fc.constantFrom<Operand>({ $: 'account', who: 'doctor 2' }, { $: 'account', who: 'user 1' }, { $: 'unknown id' }),
  3,
).map((doctorId) => ({ doctorId }));

export const doctors = (limits: Limits): fc.Arbitrary<Step> =>
  fc.oneof(
    { withCrossShrink: true },
    fc.record({ who: somebody, path: doctorPath, replica }).map(({ who, ...rest }) => step(who, 'getDoctor', rest)),
    fc
      .record({ who: somebody, q: query, rest: sometimes({ limit: fc.integer({ min: 1, max: 2 }) }, 1), replica })
      .map(({ who, q, rest, replica }) => step(who, 'listDoctors', { query: { q, ...rest }, replica })),
    fc
      .record({
        who: somebody,
        path: doctorPath,
        query: fc.record({
          from: bound,
          to: fc.oneof(bound, fc.constantFrom(at(31 * day), at(31 * day - 60 * minute), at(31 * day + 1))),
        }),
        wait: waiting(limits, 8),
        replica,
      })
      .map(({ who, ...rest }) => step(who, 'listBusyTimes', rest)),
  );

export const getMe = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({ who: somebody, wait: waiting(limits, 2), session: anySession, replica })
    .map(({ who, ...rest }) => step(who, 'getMe', rest));
