import { faults } from '../declare.ts';

export default faults('calls/presence', {
  'a-moment-later': {
    describe: 'at exactly 20 s after the last heartbeat one is still connected',
    override: () => ({
      isConnected: ({ leftAt, lastHeartbeat }, at) => leftAt === null && at <= lastHeartbeat + 20_000,
    }),
  },
  'thirty-seconds': {
    describe: 'a lapse takes 30 s',
    override: () => ({
      isConnected: ({ leftAt, lastHeartbeat }, at) => leftAt === null && at < lastHeartbeat + 30_000,
    }),
  },
  'at-the-lapse': {
    describe: 'a lapse is a disconnect 20 s after the last heartbeat',
    neighbours: ['calls/state', 'calls/empty-room'],
    override: () => ({ disconnectedAt: ({ leftAt, lastHeartbeat }) => leftAt ?? lastHeartbeat + 20_000 }),
  },
  'moved-back': {
    describe: 'a heartbeat of an earlier instant moves the last one back',
    override: () => ({ heartbeat: (now) => ({ lastHeartbeat: now }) }),
  },
  'lapsed-for-good': {
    describe: 'after a lapse a heartbeat does not connect again',
    override: () => ({
      heartbeat: (now, { lastHeartbeat }) => (now < lastHeartbeat + 20_000 ? { lastHeartbeat: now } : {}),
    }),
  },
  'returns-after-leave': {
    describe: 'after a leave a heartbeat connects again',
    override: (honest) => ({
      presenceRefusal: (facts) => honest.presenceRefusal({ ...facts, hasLeft: false }),
      heartbeat: (now) => ({ lastHeartbeat: now, leftAt: null }),
    }),
  },
  'others-connection': {
    describe: 'one can keep the presence of the other',
    neighbours: ['calls/leave', 'sessions/own-data-only'],
    override: () => ({ mayNameConnection: () => true }),
  },
  'discarded-room': {
    describe: 'a heartbeat of a discarded room is taken',
    neighbours: ['calls/empty-room'],
    override: (honest) => ({ presenceRefusal: (facts) => honest.presenceRefusal({ ...facts, isOfLivingRoom: true }) }),
  },
  'over-is-not-joined': {
    describe: 'once the call is over one is told that one is not joined',
    neighbours: ['http/order-of-checks', 'calls/doctor-ends'],
    override: (honest) => ({
      presenceRefusal: (facts) =>
        honest.presenceRefusal(facts) === 'call-over' ? 'not-joined' : honest.presenceRefusal(facts),
    }),
  },
});
