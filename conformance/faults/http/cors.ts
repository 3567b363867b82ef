import { changing, withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/cors', {
  'any-origin': {
    describe: 'any origin is reflected',
    override: () => ({ allowedOrigin: (origin) => origin }),
  },
  star: {
    describe: 'every origin is allowed by *',
    override: () => ({ allowedOrigin: () => '*' }),
  },
  'null-origin': {
    describe: 'the origin null is allowed',
    override: (honest) => ({
      allowedOrigin: (origin, configured) => (origin === 'null' ? origin : honest.allowedOrigin(origin, configured)),
    }),
  },
  'no-vary': {
    describe: 'answers do not vary by Origin',
    intercept: changing(withoutHeader('vary')),
  },
});
