import { withMember } from '../wrapping/answers.ts';
import { wrap } from '../wrapping/wrap.ts';

await wrap({
  honest: () => ({ proxy: {} }),
  'always-on': () => ({
    environment: (env) => ({ ...env, ...(env['CONFORMANCE_CLOCK'] !== '1' && { CONFORMANCE_CLOCK: '1' }) }),
  }),
  'on-in-secret': () => ({
    environment: (env) => ({ ...env, CONFORMANCE_CLOCK: '1' }),
    proxy: {
      isChanged: ({ path }, status) => path === '/v1/meta' && status === 200,
      change: (answer) =>
        withMember(answer, (meta) => ({ ...meta, conformanceClock: process.env['CONFORMANCE_CLOCK'] === '1' })),
    },
  }),
  'in-production': () => ({
    environment: (env) => ({
      ...env,
      ...(env['CONFORMANCE_CLOCK'] === '1' && env['NODE_ENV'] === 'production' && { NODE_ENV: 'test' }),
    }),
  }),
});
