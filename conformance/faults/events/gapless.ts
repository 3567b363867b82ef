import { faults } from '../declare.ts';

export default faults('events/gapless', {
  'from-zero': {
    describe: 'the first event has the id 2',
    override: (honest) => ({ nextEventId: (lastId) => (lastId === 0 ? 2 : honest.nextEventId(lastId)) }),
  },
  'a-gap': {
    describe: 'every fifth id is left out',
    override: () => ({ nextEventId: (lastId) => (lastId % 5 === 3 ? lastId + 2 : lastId + 1) }),
  },
  'last-one-again': {
    describe: 'a resumed stream begins with the last event that was read',
    override: () => ({ firstMissed: (sent) => sent }),
  },
  'one-lost': {
    describe: 'a resumed stream loses the first event that was missed',
    override: () => ({ firstMissed: (sent) => sent + 2 }),
  },
  'day-closed': {
    describe: 'exactly 24 hours later an event is still kept',
    override: () => ({ isEventKept: (event, now) => now <= event.writtenAt + 86_400_000 }),
  },
  'an-hour': {
    describe: 'events are kept for an hour alone',
    override: () => ({ isEventKept: (event, now) => now < event.writtenAt + 3_600_000 }),
  },
  'for-ever': {
    describe: 'events of more than a day ago are told',
    override: () => ({ isEventKept: () => true }),
  },
  'unknown-is-live': {
    describe: 'an unknown id is followed by live events without a reset',
    override: () => ({ resetsUnknown: () => false }),
  },
  'reset-takes-a-number': {
    describe: 'a reset has the number after the newest',
    override: () => ({ resetId: (lastId) => lastId + 1 }),
  },
  'out-of-order': {
    describe: 'what was missed comes newest first',
    override: () => ({ missedOrder: (events) => events.toReversed() }),
  },
});
