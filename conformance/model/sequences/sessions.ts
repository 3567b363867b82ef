import fc from 'fast-check';
import { type InviteForm, type Newcomer, type Operand, type Somebody, type Step, step } from '../step.ts';
import { anySession, fewTimesOther, type Limits, replica, somebody, sometimes, waiting } from './pieces.ts';
import { name, passwordPairs, specialty } from './texts.ts';

const spelling = fewTimesOther('as given' as const, fc.constantFrom('upper case' as const, 'spaced' as const), 1);

const newcomer = fc.constantFrom<Newcomer>('newcomer', 'second newcomer');

const email = fc
  .tuple(
    fewTimesOther<Somebody | 'stranger' | 'newcomer'>('user 1', fc.constantFrom('doctor 1', 'stranger', 'newcomer'), 1),
    spelling,
  )
  .map(([of, spelling]) => ({ $: 'email', of, spelling }) as Operand);

const password = (weight: number): fc.Arbitrary<Operand> =>
  fewTimesOther(true, fc.constant(false), weight).map((isRight) => ({ $: 'password', isRight }));

export const login = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({ body: fc.record({ email, password: password(3) }), wait: waiting(limits), replica })
    .map((rest) => step('nobody', 'login', rest));

/** Wrong passwords in a row up to the limit, and one more login, in which order and when whatsoever. */
export const guesses = (limits: Limits): fc.Arbitrary<Step[]> =>
  fc
    .record({
      email,
      times: fc.constantFrom(10, 9, 11),
      next: fc.record({ email, password: password(1) }),
      wait: waiting(limits, 1),
      replica,
    })
    .map(({ email, times, next, wait, replica }) => [
      step('nobody', 'login', { body: { email, password: { $: 'password', isRight: false } }, times }),
      step('nobody', 'login', { body: next, wait, replica }),
    ]);

export const goodbye = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      operation: fc.constantFrom('logout' as const, 'logout' as const, 'logoutEverywhere' as const),
      session: anySession,
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ who, operation, ...rest }) => step(who, operation, rest));

/** A second session, a logout from one of the two, and a request of each. */
export const twoSessions: fc.Arbitrary<(Step | undefined)[]> = fc
  .record({
    who: fc.constantFrom('user 1' as const, 'doctor 1' as const),
    operation: fc.constantFrom('logout' as const, 'logoutEverywhere' as const),
    left: fc.nat({ max: 2 }),
    replica,
  })
  .map(({ who, operation, left, replica }) => [
    step('nobody', 'login', {
      body: { email: { $: 'email', of: who, spelling: 'as given' }, password: { $: 'password', isRight: true } },
    }),
    step(who, operation, { session: left }),
    ...[1, 2].map((session) => step(who, 'getMe', { session, replica })),
  ]);

const invite: fc.Arbitrary<Operand> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom<InviteForm>('right', 'wrong', 'longer', 'spaced', 'other case')
      .map((form) => ({ $: 'invite code', form })),
  },
  { weight: 1, arbitrary: fc.constant<Operand>('') },
);

export const updateMe = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      body: sometimes(
        { displayName: name, specialty, timeZone: fc.constantFrom<Operand>('Europe/Paris', 'UTC', 'europe/paris') },
        1,
      ),
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'updateMe', rest));

export const newAccount = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      email: fc
        .tuple(fc.oneof({ weight: 2, arbitrary: newcomer }, { weight: 1, arbitrary: somebody }), spelling)
        .map(([of, spelling]) => ({ $: 'email', of, spelling }) as Operand),
      password: fewTimesOther<Operand>(
        { $: 'password', isRight: true },
        fc.constantFrom<Operand>('too short', 'x'.repeat(129), '😀'.repeat(128)),
        6,
      ),
      displayName: name,
      role: fc.constantFrom<Operand>('user', 'doctor'),
      inviteCode: fewTimesOther<Operand | undefined>(undefined, invite, 1),
      specialty: fewTimesOther<Operand | undefined>(undefined, specialty, 2),
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ wait, replica, inviteCode, specialty, ...body }) =>
      step('nobody', 'createAccount', {
        body: {
          ...body,
          ...(inviteCode !== undefined && { inviteCode }),
          ...(specialty !== undefined && { specialty }),
        },
        wait,
        replica,
      }),
    );

/** A new account, and a login with its password or with one that is nearly the same. */
export const nearPassword: fc.Arbitrary<Step[]> = fc
  .tuple(fc.constantFrom(...passwordPairs), newcomer)
  .map(([[password, near], of]) => {
    const email: Operand = { $: 'email', of, spelling: 'as given' };
    const displayName: Operand = { $: 'name', text: of };
    return [
      step('nobody', 'createAccount', { body: { email, password, displayName, role: 'user' } }),
      step('nobody', 'login', { body: { email, password: near } }),
    ];
  });
