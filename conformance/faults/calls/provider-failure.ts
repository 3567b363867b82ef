import { faults } from '../declare.ts';
import { wrappingWhole } from '../wrapping/declare.ts';

const mode = wrappingWhole(new URL('./provider-failure.wrapper.ts', import.meta.url));

export default faults('calls/provider-failure', {
  'fails-instead': mode('fails-instead', 'a join is 500 when the provider fails'),
  'unavailable-instead': mode('unavailable-instead', 'a join tells that the server is not available, not video'),
  'no-retry-after': mode('no-retry-after', 'the 503 of a join has no Retry-After', ['http/documented-response']),
  'answers-late': mode('answers-late', 'a join is refused after more than 6 s'),
  'end-waits': mode('end-waits', 'the end of a call waits for 3 s'),
});
