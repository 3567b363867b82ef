import { changingWhere, asProblem, codeOf } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('calls/takeover', {
  'oldest-stays': {
    describe: 'the presence of an older connection is taken all the same',
    override: (honest) => ({ presenceRefusal: (facts) => honest.presenceRefusal({ ...facts, isNewest: true }) }),
  },
  'not-joined-instead': {
    describe: 'an older connection is told that it is not joined',
    intercept: changingWhere((reply) => codeOf(reply) === 'superseded', asProblem('not-joined')),
  },
  'older-leaves': {
    describe: 'a leave of an older connection disconnects the newer one',
    neighbours: ['calls/leave'],
    override: () => ({ leavingConnection: (named, newest) => newest ?? named }),
  },
});
