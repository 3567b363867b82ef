import { openSideTable } from '../wrapping/side-table.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Stores the token of every login in a spelling of its own. */
const storing = (spell: (token: string) => string) => (): Hooks => {
  const store = openSideTable(process.env['DATABASE_URL']);
  return {
    proxy: {
      isChanged: ({ method, path }, status) => method === 'POST' && path === '/v1/sessions' && status === 201,
      change: (answer) => {
        store(spell(String((JSON.parse(answer.body) as { token: unknown }).token)));
        return answer;
      },
    },
  };
};

await wrap({
  honest: () => ({ proxy: {} }),
  'in-clear': storing((token) => token),
  'bytes-in-hex': storing((token) => Buffer.from(token).toString('hex')),
});
