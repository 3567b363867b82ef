import { changing, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./cors.wrapper.ts', import.meta.url));

export default faults('http/cors', {
  'any-origin': {
    describe: 'any origin is reflected',
    override: () => ({ allowedOrigin: (origin) => origin }),
  },
  star: {
    describe: 'every origin is allowed by *',
    override: () => ({ allowedOrigin: () => '*' }),
  },
  'no-vary': {
    describe: 'answers do not vary by Origin',
    intercept: changing(withoutHeader('vary')),
  },
  'null-let-in': mode('null-let-in', 'the origin null is let in'),
  'beginning-suffices': mode('beginning-suffices', 'an origin that begins as a configured one is let in'),
  'first-for-all': mode('first-for-all', 'every configured origin is answered with the first one’s name'),
  'retry-after-hidden': mode('retry-after-hidden', 'Retry-After is not exposed'),
  'if-match-refused': mode('if-match-refused', 'If-Match is not among the allowed headers'),
  'patch-refused': mode('patch-refused', 'PATCH is not among the allowed methods'),
});
