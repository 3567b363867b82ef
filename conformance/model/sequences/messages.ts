import fc from 'fast-check';
import { type Operands, step, type Step } from '../step.ts';
import {
  appointmentPath,
  clientId,
  fewTimesOther,
  type Limits,
  message,
  replica,
  somebody,
  sometimes,
  waiting,
} from './pieces.ts';
import { messageText } from './texts.ts';

export const send = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      path: appointmentPath,
      body: fc.record({ clientId, body: messageText }),
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'sendMessage', rest));

export const listMessages = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      path: appointmentPath,
      query: fc.oneof(
        { withCrossShrink: true },
        sometimes({ limit: fc.integer({ min: 1, max: 3 }) }, 1),
        fc
          .tuple(sometimes({ limit: fc.integer({ min: 1, max: 3 }) }, 1), message)
          .map(([rest, before]) => ({ ...rest, before })),
        fc
          .tuple(sometimes({ limit: fc.integer({ min: 1, max: 3 }) }, 1), message)
          .map(([rest, after]) => ({ ...rest, after })),
        message.map((id) => ({ before: id, after: id })),
      ),
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'listMessages', rest));

/** Three messages of both, so that there is a before and an after. */
export const talk: fc.Arbitrary<Step[]> = fc.constant(
  [1, 2, 3].map((nth) =>
    step(nth === 2 ? 'doctor 1' : 'user 1', 'sendMessage', {
      path: { appointmentId: { $: 'appointment', newest: 0 } },
      body: { clientId: { $: 'client id', nth, isUpperCase: false }, body: `Message ${nth}` },
    }),
  ),
);

export const markRead = (limits: Limits): fc.Arbitrary<Step> =>
  fc
    .record({
      who: somebody,
      path: appointmentPath,
      body: fc.record({ upTo: message }),
      wait: waiting(limits, 8),
      replica,
    })
    .map(({ who, ...rest }) => step(who, 'markMessagesRead', rest));

/** Two messages of one, and two marks of the other, the second one further or back. */
export const marks: fc.Arbitrary<Step[]> = fc
  .record({
    reader: fc.constantFrom('doctor 1' as const, 'user 1' as const),
    newest: fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 1 })),
  })
  .map(({ reader, newest }) => {
    const path: Operands = { appointmentId: { $: 'appointment', newest: 0 } };
    const writer = reader === 'user 1' ? 'doctor 1' : 'user 1';
    const sends = [4, 5].map((nth) =>
      step(writer, 'sendMessage', {
        path,
        body: { clientId: { $: 'client id', nth, isUpperCase: false }, body: `Message ${nth}` },
      }),
    );
    const reads = newest.map((newest) =>
      step(reader, 'markMessagesRead', { path, body: { upTo: { $: 'message', newest } } }),
    );
    return [...sends, ...reads];
  });

export const glance: fc.Arbitrary<Step> = fc
  .record({
    who: somebody,
    operation: fewTimesOther('getUnreadCounts' as const, fc.constant('showTyping' as const), 1),
    path: appointmentPath,
    replica,
  })
  .map(({ who, operation, path, replica }) =>
    step(who, operation, { replica, ...(operation === 'showTyping' && { path }) }),
  );
