import { setTimeout as wait } from 'node:timers/promises';
import type { RuleId } from '@duet/contract/rules';
import type { Intercept } from '../../specimen/fault.ts';
import { asProblem, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

/** Whose own simultaneous bookings are in flight beside others. */
const besides: RuleId[] = ['appointments/all-or-nothing', 'appointments/idempotency-key', 'appointments/no-overlap'];

export default faults('appointments/one-winner', {
  'check-then-write': {
    describe: 'simultaneous bookings see each other too late',
    isRace: true,
    neighbours: ['appointments/idempotency-key'],
    override: () => ({
      pauseBeforeWrite: (operationId) => (operationId === 'createAppointment' ? wait(20) : undefined),
    }),
  },
  'losers-unavailable': {
    describe: 'who loses to a simultaneous booking gets a 503',
    isRace: true,
    neighbours: besides,
    intercept: losing('service-unavailable'),
  },
  'losers-fail': {
    describe: 'who loses to a simultaneous booking gets a 500',
    isRace: true,
    neighbours: besides,
    intercept: losing('internal-error'),
  },
});

/** Refuses otherwise whoever loses while another booking is in flight. */
function losing(code: 'service-unavailable' | 'internal-error'): Intercept {
  let inFlight = 0;
  const headers = code === 'service-unavailable' ? { 'retry-after': '1' } : {};
  return async (visit, next) => {
    if (visit.operationId !== 'createAppointment') return next();
    inFlight += 1;
    const isContended = inFlight > 1;
    const reply = await next();
    await wait(5);
    inFlight -= 1;
    return isContended && codeOf(reply) === 'slot-taken' ? asProblem(code, headers)(reply, visit) : reply;
  };
}
