import { faults } from '../declare.ts';

export default faults('calls/doctor-ends', {
  'users-too': {
    describe: 'a user can end the call',
    neighbours: ['http/order-of-checks', 'sessions/own-data-only'],
    override: () => ({ mayEnd: () => true }),
  },
  'scheduled-too': {
    describe: 'an appointment that nobody joined can be ended',
    neighbours: ['http/order-of-checks', 'appointments/all-or-nothing'],
    override: () => ({ isEndPossible: (status) => status === 'in_progress' || status === 'scheduled' }),
  },
  twice: {
    describe: 'a call can be ended twice',
    override: () => ({ isEndPossible: (status) => status === 'in_progress' || status === 'completed' }),
  },
  'state-before-role': {
    describe: 'a user who ends what is not in progress is told of the state',
    neighbours: ['http/order-of-checks', 'sessions/own-data-only'],
    override: (honest) => ({ mayEnd: (caller, status) => status !== 'in_progress' || honest.mayEnd(caller, status) }),
  },
  'connected-on': {
    describe: 'after the end the participants are still shown as connected',
    neighbours: ['calls/state', 'http/documented-response'],
    override: (honest) => ({
      shownAppointment: (view) => {
        const call = Object(view['call']);
        const participants = (call.participants as object[]).map((one) => ({ ...one, connected: true, leftAt: null }));
        const isEnded = call.state === 'ended';
        return { ...honest.shownAppointment(view), ...(isEnded && { call: { ...call, participants } }) };
      },
    }),
  },
});
