import { faults } from '../declare.ts';

const minute = 60_000;

export default faults('appointments/status', {
  'missed-later': {
    describe: 'at exactly endsAt one that was never joined is still scheduled',
    neighbours: ['appointments/cancel', 'calls/window'],
    override: (honest) => ({
      statusOf: (appointment, now) =>
        now === appointment.endsAt ? honest.statusOf(appointment, now - 1) : honest.statusOf(appointment, now),
    }),
  },
  'missed-at-start': {
    describe: 'one that nobody joined in time is missed from its start on',
    neighbours: ['appointments/cancel', 'calls/window'],
    override: (honest) => ({
      statusOf: (appointment, now) => {
        const status = honest.statusOf(appointment, now);
        return status === 'scheduled' && now > appointment.startsAt + minute ? 'missed' : status;
      },
    }),
  },
  'completed-at-end': {
    describe: 'a call is completed at endsAt, without 15 more minutes',
    neighbours: ['calls/window', 'calls/state', 'appointments/etag'],
    override: (honest) => ({
      statusOf: (appointment, now) => {
        const status = honest.statusOf(appointment, now);
        return status === 'in_progress' && now >= appointment.endsAt ? 'completed' : status;
      },
    }),
  },
  'completed-later': {
    describe: 'at exactly endsAt + 15 min a call is still in progress',
    neighbours: ['calls/window', 'calls/state'],
    override: (honest) => ({
      statusOf: (appointment, now) =>
        honest.statusOf(appointment, now === appointment.endsAt + 15 * minute ? now - 1 : now),
    }),
  },
  'two-needed': {
    describe: 'it is in progress only when both have joined',
    neighbours: ['appointments/cancel-or-join', 'calls/one-room', 'calls/doctor-ends'],
    override: (honest) => ({
      statusOf: (appointment, now) => {
        const status = honest.statusOf(appointment, now);
        const joined = new Set(appointment.call.connections.map(({ accountId }) => accountId));
        if (status === 'in_progress' && joined.size < 2) return now >= appointment.endsAt ? 'missed' : 'scheduled';
        return status;
      },
    }),
  },
  'empty-is-scheduled': {
    describe: 'it is scheduled again when everybody left',
    neighbours: ['calls/leave', 'calls/empty-room', 'calls/state'],
    override: (honest) => ({
      statusOf: (appointment, now) => {
        const status = honest.statusOf(appointment, now);
        const isEmpty = appointment.call.connections.every(({ leftAt }) => leftAt !== null);
        return status === 'in_progress' && isEmpty ? 'scheduled' : status;
      },
    }),
  },
  'missed-when-alone': {
    describe: 'one that a single person joined ends as missed',
    override: (honest) => ({
      statusOf: (appointment, now) => {
        const status = honest.statusOf(appointment, now);
        const joined = new Set(appointment.call.connections.map(({ accountId }) => accountId));
        return status === 'completed' && joined.size < 2 && appointment.call.endedAt === null ? 'missed' : status;
      },
    }),
  },
});
