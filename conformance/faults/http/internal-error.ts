import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./internal-error.wrapper.ts', import.meta.url));

export default faults('http/internal-error', {
  'message-told': mode('message-told', 'the detail is the database’s message'),
  'statement-told': mode('statement-told', 'the detail holds a statement'),
  'path-told': mode('path-told', 'the detail holds a file path'),
  'stack-beside': mode('stack-beside', 'a property beside the problem holds the stack', [
    'http/documented-response',
    'http/problem',
  ]),
  'plain-text': mode('plain-text', 'a failure is plain text', ['http/problem', 'http/documented-response']),
  'unavailable-instead': mode('unavailable-instead', 'a failure is 503'),
});
