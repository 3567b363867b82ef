import { createHash } from 'node:crypto';
import { openSideTable } from '../wrapping/side-table.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Does something with the password of every account that is asked for. */
const withPassword = (take: (password: string) => void): Hooks => ({
  proxy: {
    sees: ({ path }, body) => {
      const [, password] = /"password":\s*"([^"]*)"/.exec(body) ?? [];
      if (path === '/v1/accounts' && password !== undefined) take(password);
    },
  },
});

const storing = (spell: (password: string) => string) => (): Hooks => {
  const store = openSideTable(process.env['DATABASE_URL']);
  return withPassword((password) => store(spell(password)));
};

await wrap({
  honest: () => ({ proxy: {} }),
  'in-clear': storing((password) => password),
  'base64-beside': storing((password) => Buffer.from(password).toString('base64')),
  'quick-hash-beside': storing((password) => createHash('sha256').update(password).digest('hex')),
  'in-log': () => withPassword((password) => process.stdout.write(`${JSON.stringify({ note: password })}\n`)),
});
