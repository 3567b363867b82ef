import { asProblem, internalError, unavailable, withMember } from '../wrapping/answers.ts';
import type { Answer } from '../wrapping/proxy.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Changes what a failure answers. */
const failing =
  (change: (answer: Answer) => Answer): (() => Hooks) =>
  () => ({
    proxy: { isChanged: (_, status) => status === 500, change },
  });

const saying = (detail: string) => failing((answer) => withMember(answer, (problem) => ({ ...problem, detail })));

await wrap({
  honest: () => ({ proxy: {} }),
  'message-told': saying('relation "accounts" does not exist'),
  'statement-told': saying('SELECT id, email FROM accounts WHERE id = $1 failed.'),
  'path-told': saying('Something failed in /app/dist/features/accounts/accounts.service.js:41:13.'),
  'stack-beside': failing((answer) =>
    withMember(answer, (problem) => ({ ...problem, stack: 'Error\n    at run (/app/server.js:1:2)' })),
  ),
  'plain-text': failing((answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-type': 'text/plain' },
    body: internalError.title,
  })),
  'unavailable-instead': failing((answer) =>
    asProblem({ ...answer, headers: { ...answer.headers, 'retry-after': '1' } }, unavailable),
  ),
});
