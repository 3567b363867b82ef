import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./drain.wrapper.ts', import.meta.url));

export default faults('operations/drain', {
  'stays-ready': mode('stays-ready', '/readyz stays 200 after SIGTERM'),
  'ready-is-plain': mode('ready-is-plain', 'the 503 of /readyz is no problem'),
  'no-new-work': mode('no-new-work', 'new work is refused after SIGTERM'),
  'healthz-too': mode('healthz-too', '/healthz is 503 after SIGTERM'),
  'exits-at-once': mode('exits-at-once', 'it exits at SIGTERM, in the middle of everything'),
  'drains-shorter': mode('drains-shorter', 'it drains a second less than DRAIN_SECONDS'),
  'drains-longer': mode('drains-longer', 'it drains six seconds more than DRAIN_SECONDS'),
  'code-of-signal': mode('code-of-signal', 'the exit code is 143'),
  'streams-end-early': mode('streams-end-early', 'event streams end at SIGTERM'),
  'in-flight-cut': mode('in-flight-cut', 'requests in flight are cut at SIGTERM'),
  'never-ends': mode('never-ends', 'SIGTERM is not heard'),
});
