import fc from 'fast-check';
import type { Operand, Operands, Somebody, Wait, Who } from '../step.ts';

/** What may be sent to the systems: waits only where they all go by the clock they are told. */
export type Limits = { hasClock: boolean };

const minute = 60_000;
const hour = 60 * minute;

/** Mostly the first two, so that they meet. */
export const somebody: fc.Arbitrary<Somebody> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('user 1', 'doctor 1') },
  { weight: 1, arbitrary: fc.constantFrom('user 2', 'doctor 2') },
);
export const replica = fc.nat({ max: 1 });
/** Mostly the first: shortening ends there. */
export const fewTimesOther = <Value>(usual: Value, other: fc.Arbitrary<Value>, weight = 5): fc.Arbitrary<Value> =>
  fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

export const anySession = fewTimesOther(0, fc.integer({ min: 1, max: 2 }), 1);
export const session = fewTimesOther(0, anySession, 15);

const spans = [1_000, 10_000, 19_999, 20_000, 20_001, 4 * minute, 5 * minute, 15 * minute];
const longSpans = [hour, 12 * hour, 24 * hour];
const wait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ for: fc.constantFrom(...spans) }) },
  { weight: 1, arbitrary: fc.record({ for: fc.constantFrom(...longSpans) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      until: fc.constantFrom('opening' as const, 'start' as const, 'end' as const, 'over' as const),
      appointment: fewTimesOther(0, fc.constant(1), 4),
      off: fc.constantFrom(0 as const, 0 as const, -1 as const, 1 as const),
    }),
  },
);

/** @param weight how many times rarer a wait is than none */
export const waiting = ({ hasClock }: Limits, weight = 4): fc.Arbitrary<Wait | null> =>
  hasClock ? fewTimesOther<Wait | null>(null, wait, weight) : fc.constant(null);

const newest = fewTimesOther(0, fc.integer({ min: 1, max: 2 }), 3);

/** An appointment of the sequence; rarely none. */
export const appointmentPath: fc.Arbitrary<Operands> = newest.map((newest) => ({
  appointmentId: { $: 'appointment', newest } as Operand,
}));

export const clientId: fc.Arbitrary<Operand> = fc.record({
  $: fc.constant('client id' as const),
  nth: fc.nat({ max: 3 }),
  isUpperCase: fewTimesOther(false, fc.constant(true), 6),
});

export const message: fc.Arbitrary<Operand> = fewTimesOther<Operand>(
  { $: 'message', newest: 0 },
  fc.oneof(
    fc.record({ $: fc.constant('message' as const), newest: fc.integer({ min: 1, max: 3 }) }),
    fc.constant<Operand>({ $: 'unknown id' }),
  ),
  1,
);

export const connection: fc.Arbitrary<Operand> = fewTimesOther<Operand>(
  { $: 'connection', of: 'own', newest: 0 },
  fc.record({
    $: fc.constant('connection' as const),
    of: fc.constantFrom('own' as const, 'other' as const, 'own' as const, 'nobody' as const),
    newest: fc.nat({ max: 2 }),
  }),
  3,
);

/** Members that are sometimes there. */
export const sometimes = (members: Record<string, fc.Arbitrary<Operand>>, weight = 2): fc.Arbitrary<Operands> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(members).map(([name, value]) => [
          name,
          fewTimesOther<Operand | undefined>(undefined, value, weight),
        ]),
      ),
    )
    .map((record) =>
      Object.fromEntries(Object.entries(record).filter((entry): entry is [string, Operand] => entry[1] !== undefined)),
    );

export const otherRole = (who: Who): 'doctor' | 'user' => (who.startsWith('doctor') ? 'user' : 'doctor');
