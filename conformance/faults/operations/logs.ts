import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./logs.wrapper.ts', import.meta.url));

export default faults('operations/logs', {
  'member-more': mode('member-more', 'a line also holds the address of the client'),
  'member-less': mode('member-less', 'a line does not hold ms'),
  'nobody-named': mode('nobody-named', 'a line never names the account'),
  'path-as-route': mode('path-as-route', 'a route holds an id in place of the placeholder'),
  'unknown-route-named': mode('unknown-route-named', 'an unknown path is told as its route'),
  'refusals-left-out': mode('refusals-left-out', 'a 404 has no line'),
  'streams-left-out': mode('streams-left-out', 'an event stream has no line'),
  'refusals-warn': mode('refusals-warn', 'a 404 is a warning'),
  'failures-are-info': mode('failures-are-info', 'a 500 is told as info'),
  'failures-unexplained': mode('failures-unexplained', 'the line of a 500 does not say what failed'),
  'seconds-alone': mode('seconds-alone', 'times have no milliseconds'),
  twice: mode('twice', 'a request has two lines'),
  'health-too': mode('health-too', '/healthz is logged in production'),
  'failed-readiness-too': mode('failed-readiness-too', '/readyz is logged in production when it is 503'),
  'outages-are-info': mode('outages-are-info', 'a 503 is told as info'),
  'passwords-in-production': mode('passwords-in-production', 'the log of production holds bodies with passwords', [
    'accounts/password',
  ]),
  'tokens-in-dev': mode('tokens-in-dev', 'the log of development holds tokens'),
  'reasons-in-dev': mode('reasons-in-dev', 'the log of development holds the reasons of cancels'),
  'queries-in-dev': mode('queries-in-dev', 'the log of development holds secrets that came in a query'),
  'no-queries': mode('no-queries', 'the log of development leaves out the queries'),
  'no-times': mode('no-times', 'the log of development leaves out the times'),
  'no-stack': mode('no-stack', 'the log of development leaves out the stack of a failure'),
});
