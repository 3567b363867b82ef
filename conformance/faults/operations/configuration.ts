import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./configuration.wrapper.ts', import.meta.url));

export default faults('operations/configuration', {
  'one-lost': mode('one-lost', 'of several wrong settings the last is not named'),
  'first-alone': mode('first-alone', 'only the first wrong setting is named'),
  'another-code': mode('another-code', 'the exit code is 2'),
  'stack-too': mode('stack-too', 'a stack follows the lines'),
  'value-quoted': mode('value-quoted', 'a line quotes the value, secrets too'),
  'listens-first': mode('listens-first', 'the port is listened at before the configuration is looked at'),
  'empty-counts': mode('empty-counts', 'an empty invite code counts as given'),
  'no-default': mode('no-default', 'LOG has no default'),
  'smaller-pool': mode('smaller-pool', 'a pool of 200 is refused'),
  'longer-drain': mode('longer-drain', '301 seconds of draining are taken'),
  'port-unnamed': mode('port-unnamed', 'a port in use is told without naming PORT'),
});
