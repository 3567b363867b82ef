import { changingOf, changingWhere, withHeaders, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

const drop = withoutHeader('cache-control');

export default faults('http/no-store', {
  'not-on-login': {
    describe: 'a login may be stored',
    neighbours: ['http/documented-response'],
    intercept: changingOf(['login'], drop),
  },
  'not-on-404': {
    describe: 'a 404 to a logged-in caller may be stored',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(({ status }, { headers }) => status === 404 && 'authorization' in headers, drop),
  },
  'not-on-304': {
    describe: 'a 304 may be stored',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(({ status }) => status === 304, drop),
  },
  'not-on-401': {
    describe: 'a 401 may be stored',
    neighbours: ['http/documented-response'],
    intercept: changingWhere(({ status }) => status === 401, drop),
  },
  'no-cache-instead': {
    describe: 'the calendar says no-cache',
    neighbours: ['http/documented-response', 'appointments/calendar'],
    intercept: changingOf(['getAppointmentCalendar'], withHeaders({ 'cache-control': 'no-cache' })),
  },
});
