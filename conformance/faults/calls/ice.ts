import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./ice.wrapper.ts', import.meta.url));

export default faults('calls/ice', {
  'one-for-all': mode('one-for-all', 'all joins get credentials of one name'),
  'an-hour': mode('an-hour', 'credentials end an hour after the join'),
  'in-milliseconds': mode('in-milliseconds', 'the expiry in the username is in milliseconds'),
  'hash-in-hex': mode('hash-in-hex', 'the credential is in hexadecimal'),
  'another-secret': mode('another-secret', 'the credential is made with another secret'),
  'configured-lost': mode('configured-lost', 'with TURN_URLS the servers of ICE_SERVERS are left out'),
  'made-first': mode('made-first', 'the servers of the configuration come last'),
  'a-server-a-url': mode('a-server-a-url', 'a server with several URLs becomes several'),
  'always-all': mode('always-all', 'ICE_TRANSPORT_POLICY is not looked at'),
});
