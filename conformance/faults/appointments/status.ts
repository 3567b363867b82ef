import type { RuleId } from '@duet/contract/rules';
import type { Status } from '../../specimen/decisions/appointments.ts';
import { changingOf, withJson } from '../answers.ts';
import { faults, type SpecimenFault } from '../declare.ts';

type Shown = {
  status: Status;
  startsAt: string;
  endsAt: string;
  call: { participants: { connected: boolean }[]; endedAt: string | null };
};
type Facts = { status: Status; now: number; startsAt: number; endsAt: number; call: Shown['call'] };

const minute = 60_000;

/** Lists another status than the one that getAppointment shows, since much else goes by what that shows. */
function listing(describe: string, change: (facts: Facts) => Status): SpecimenFault {
  return {
    describe: `in the list ${describe}`,
    neighbours: ['appointments/listing'],
    intercept: changingOf(['listAppointments'], (reply, visit) => {
      const now = Date.parse(visit.headers['conformance-now'] ?? new Date().toISOString());
      return withJson((page) =>
        Array.isArray(page['items'])
          ? { ...page, items: page['items'].map((item: Shown) => changed(item, now, change)) }
          : page,
      )(reply, visit);
    }),
  };
}

/** Shows another status everywhere than the one that everything goes by. */
function showing(describe: string, change: (facts: Facts) => Status, neighbours: RuleId[]): SpecimenFault {
  return {
    describe,
    neighbours,
    override: (honest) => {
      let now = 0;
      return {
        statusOf: (appointment, at) => honest.statusOf(appointment, (now = at)),
        shownAppointment: (view) => honest.shownAppointment({ ...view, ...changed(view as Shown, now, change) }),
      };
    },
  };
}

function changed(item: Shown, now: number, change: (facts: Facts) => Status): Shown {
  const { status, call } = item;
  const [startsAt, endsAt] = [Date.parse(item.startsAt), Date.parse(item.endsAt)];
  return { ...item, status: change({ status, call, now, startsAt, endsAt }) };
}

const missedAtStart = ({ status, now, startsAt }: Facts): Status =>
  status === 'scheduled' && now >= startsAt + minute ? 'missed' : status;
const completedAtEnd = ({ status, now, endsAt }: Facts): Status =>
  status === 'in_progress' && now >= endsAt ? 'completed' : status;

export default faults('appointments/status', {
  'missed-at-start': showing('one that nobody joined is missed from its start on', missedAtStart, [
    'appointments/etag',
    'appointments/listing',
  ]),
  'completed-at-end': showing('a call is completed at endsAt, without 15 more minutes', completedAtEnd, [
    'appointments/listing',
  ]),
  'missed-later': listing(
    'one that was never joined is still scheduled at exactly endsAt',
    ({ status, now, endsAt }) => (status === 'missed' && now === endsAt ? 'scheduled' : status),
  ),
  'completed-later': listing('a call is still in progress at exactly endsAt + 15 min', ({ status, now, endsAt }) =>
    status === 'completed' && now === endsAt + 15 * minute ? 'in_progress' : status,
  ),
  'two-needed': listing('it is in progress only when both have joined', ({ status, call }) =>
    status === 'in_progress' && call.participants.length < 2 ? 'scheduled' : status,
  ),
  'empty-is-scheduled': listing('it is scheduled again when everybody left', ({ status, call }) =>
    status === 'in_progress' && call.participants.every(({ connected }) => !connected) ? 'scheduled' : status,
  ),
  'missed-when-alone': listing('one that a single person joined ends as missed', ({ status, call, now, endsAt }) =>
    status === 'completed' && call.participants.length < 2 && now >= endsAt ? 'missed' : status,
  ),
});
