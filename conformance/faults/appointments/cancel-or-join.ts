import { setTimeout as wait } from 'node:timers/promises';
import { asProblem, changingWhere, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('appointments/cancel-or-join', {
  both: {
    describe: 'a join sees a simultaneous cancel too late',
    isRace: true,
    override: () => ({ pauseBeforeWrite: (operationId) => (operationId === 'joinCall' ? wait(20) : undefined) }),
  },
  'loser-told-otherwise': {
    describe: 'a join that loses to a cancel is told that the call is over',
    neighbours: ['calls/window', 'http/order-of-checks', 'appointments/all-or-nothing'],
    intercept: changingWhere(
      (reply, { operationId }) => operationId === 'joinCall' && codeOf(reply) === 'appointment-cancelled',
      asProblem('call-over'),
    ),
  },
});
