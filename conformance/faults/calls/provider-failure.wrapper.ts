import { setTimeout as wait } from 'node:timers/promises';
import { asProblem, internalError, unavailable } from '../wrapping/answers.ts';
import { isJoin } from '../wrapping/joins.ts';
import type { Answer } from '../wrapping/proxy.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Changes what a join answers while the provider fails. */
const failing =
  (change: (answer: Answer) => Answer | Promise<Answer>): (() => Hooks) =>
  () => ({
    proxy: { isChanged: (asked, status) => isJoin(asked) && status === 503, change },
  });

await wrap({
  honest: () => ({ proxy: {} }),
  'fails-instead': failing((answer) => asProblem(answer, internalError)),
  'unavailable-instead': failing((answer) => asProblem(answer, unavailable)),
  'no-retry-after': failing((answer) => ({ ...answer, headers: { ...answer.headers, 'retry-after': undefined } })),
  'answers-late': failing(async (answer) => {
    await wait(6_100);
    return answer;
  }),
  'end-waits': () => ({
    proxy: {
      isChanged: ({ path }, status) => path.endsWith('/call/end') && status === 200,
      change: async (answer) => {
        await wait(3_200);
        return answer;
      },
    },
  }),
});
