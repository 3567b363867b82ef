import type { Header } from './records.ts';

/** Of a small measurement. */
export const header: Header = {
  kind: 'header',
  schema: 1,
  contractVersion: '1.0.0',
  versions: { schemathesis: '4.0.0', dredd: '14.1.0' },
  seed: 1,
  examples: 10,
  limit: 60,
  baselines: 2,
};
