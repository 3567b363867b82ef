import { Client } from 'pg';
import { asProblem, healthy, pathOf, unavailable } from '../wrapping/answers.ts';
import { wrap } from '../wrapping/wrap.ts';

/** Makes a table of its own, as a server does that migrates when it starts. */
async function migrate({ DATABASE_URL }: NodeJS.ProcessEnv): Promise<void> {
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS made_at_start (id integer PRIMARY KEY)');
  await client.end();
}

await wrap({
  honest: () => ({ proxy: {} }),
  'always-ready': () => ({
    proxy: { isChanged: (asked, status) => pathOf(asked) === '/readyz' && status === 503, change: healthy },
  }),
  'plain-503': () => ({
    proxy: {
      isChanged: (asked, status) => pathOf(asked) === '/readyz' && status === 503,
      change: (answer) => ({
        ...answer,
        headers: { ...answer.headers, 'content-type': 'application/json' },
        body: '{"status":"down"}',
      }),
    },
  }),
  'never-ready': () => ({
    proxy: {
      isChanged: (asked) => pathOf(asked) === '/readyz',
      change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, 'retry-after': '1' } }, unavailable),
    },
  }),
  'dies-with-database': () => {
    let wasReady = false;
    let isReady = true;
    return {
      proxy: {
        isChanged: (asked, status) => {
          if (pathOf(asked) === '/readyz') isReady = status === 200;
          wasReady ||= isReady;
          return pathOf(asked) === '/healthz' && wasReady && !isReady;
        },
        change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, 'retry-after': '1' } }, unavailable),
      },
    };
  },
  'migrates-itself': () => ({ before: migrate }),
});
