import type { RuleId } from '@duet/contract/rules';
import { honest } from '../../specimen/behaviour.ts';
import type { Status } from '../../specimen/decisions/appointments.ts';
import type { Appointment } from '../../specimen/world.ts';
import { faults, type SpecimenFault } from '../declare.ts';

type Facts = { status: Status; appointment: Appointment; now: number; joined: number };

const minute = 60_000;

/** Shows another status than the one that everything else goes by. */
function showing(describe: string, change: (facts: Facts) => Status, neighbours: RuleId[] = []): SpecimenFault {
  return {
    describe,
    neighbours,
    override: () => {
      let facts: Facts | undefined;
      return {
        statusOf: (appointment, now) => {
          const status = honest.statusOf(appointment, now);
          const joined = new Set(appointment.call.connections.map(({ accountId }) => accountId)).size;
          facts = { status, appointment, now, joined };
          return status;
        },
        shownAppointment: (view) => ({
          ...honest.shownAppointment(view),
          status: facts && facts.appointment.id === view['id'] ? change(facts) : view['status'],
        }),
      };
    },
  };
}

const at = ({ appointment }: Facts, now: number) => honest.statusOf(appointment, now);

export default faults('appointments/status', {
  'missed-later': showing('at exactly endsAt one that was never joined is still scheduled', (facts) =>
    facts.now === facts.appointment.endsAt ? at(facts, facts.now - 1) : facts.status,
  ),
  'missed-at-start': showing('one that nobody joined in time is missed from its start on', (facts) =>
    facts.status === 'scheduled' && facts.now > facts.appointment.startsAt + minute ? 'missed' : facts.status,
  ),
  'completed-at-end': showing('a call is completed at endsAt, without 15 more minutes', (facts) =>
    facts.status === 'in_progress' && facts.now >= facts.appointment.endsAt ? 'completed' : facts.status,
  ),
  'completed-later': showing('at exactly endsAt + 15 min a call is still in progress', (facts) =>
    facts.now === facts.appointment.endsAt + 15 * minute ? at(facts, facts.now - 1) : facts.status,
  ),
  'two-needed': showing(
    'it is in progress only when both have joined',
    ({ status, joined, appointment, now }) => {
      if (status !== 'in_progress' || joined === 2) return status;
      return now >= appointment.endsAt ? 'missed' : 'scheduled';
    },
    ['appointments/cancel-or-join', 'calls/one-room', 'calls/rejoin'],
  ),
  'empty-is-scheduled': showing(
    'it is scheduled again when everybody left',
    ({ status, appointment }) => {
      const isEmpty = appointment.call.connections.every(({ leftAt }) => leftAt !== null);
      return status === 'in_progress' && isEmpty ? 'scheduled' : status;
    },
    ['calls/leave', 'calls/empty-room', 'calls/state'],
  ),
  'missed-when-alone': showing('one that a single person joined ends as missed', ({ status, joined, appointment }) =>
    status === 'completed' && joined < 2 && appointment.call.endedAt === null ? 'missed' : status,
  ),
});
