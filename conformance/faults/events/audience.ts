import { faults } from '../declare.ts';

/** Tells an event to others than those whom it concerns. */
const telling = (
  name: string,
  describe: string,
  to: (people: { doctorId: string; userId: string; actorId: string }) => string[],
) => ({
  describe,
  override: (honest: {
    audienceOf(event: string, people: { doctorId: string; userId: string; actorId: string }): string[];
  }) => ({
    audienceOf: (event: string, people: { doctorId: string; userId: string; actorId: string }) =>
      event === name ? to(people) : honest.audienceOf(event, people),
  }),
});

const other = ({ doctorId, userId, actorId }: { doctorId: string; userId: string; actorId: string }) =>
  actorId === doctorId ? [userId] : [doctorId];
const both = ({ doctorId, userId }: { doctorId: string; userId: string }) => [doctorId, userId];

export default faults('events/audience', {
  'actor-not-told': telling('appointment.created', 'who books is not told of it', other),
  'actor-alone': telling('appointment.cancelled', 'who cancels is told alone', ({ actorId }) => [actorId]),
  'signal-comes-back': telling('call.signal', 'who sends a signal gets it back', both),
  'takeover-told-to-both': telling('call.superseded', 'the other is told of a takeover', both),
  'read-mark-in-secret': telling('message.read', 'the other is not told of a read mark', ({ actorId }) => [actorId]),
  'message-to-other-alone': telling('message.created', 'who sends a message is not told of it', other),
  'end-to-doctor-alone': telling('call.ended', 'the user is not told of the end', ({ doctorId }) => [doctorId]),
  twice: telling('call.started', 'the first join is told twice', (people) => [...both(people), ...both(people)]),
});
