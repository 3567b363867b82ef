import { setTimeout as wait } from 'node:timers/promises';
import { asProblem, internalError, pathOf, unavailable } from '../wrapping/answers.ts';
import type { Answer, Asked } from '../wrapping/proxy.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

const isAway = (asked: Asked, status: number) => status === 503 && pathOf(asked) !== '/readyz';

/** Changes what is answered while the database is away. */
const away =
  (change: (answer: Answer, asked: Asked) => Answer | Promise<Answer>): (() => Hooks) =>
  () => ({
    proxy: { isChanged: isAway, change },
  });

function stayingAway(): Hooks {
  let wasAway = false;
  return {
    proxy: {
      isChanged: (asked, status) => {
        wasAway ||= isAway(asked, status) && asked.headers['authorization'] !== undefined;
        return wasAway && asked.headers['authorization'] !== undefined;
      },
      change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, 'retry-after': '1' } }, unavailable),
    },
  };
}

function seeingReadiness(path: string): () => Hooks {
  return () => {
    let isReady = true;
    const innards: Hooks = {
      proxy: {
        isChanged: (asked, status) => {
          if (status === 503 && pathOf(asked) !== path) isReady = false;
          if (status === 200 && pathOf(asked) !== path && asked.headers['authorization']) isReady = true;
          return pathOf(asked) === path && !isReady;
        },
        change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, 'retry-after': '1' } }, unavailable),
      },
    };
    return innards;
  };
}

await wrap({
  honest: () => ({ proxy: {} }),
  'fails-instead': away((answer) => asProblem(answer, internalError)),
  'one-operation-fails': away((answer, asked) =>
    asked.method === 'GET' && pathOf(asked) === '/v1/unread-messages' ? asProblem(answer, internalError) : answer,
  ),
  'no-retry-after': away((answer) => ({ ...answer, headers: { ...answer.headers, 'retry-after': undefined } })),
  'answers-late': away(async (answer) => {
    await wait(5_200);
    return answer;
  }),
  'stays-away': stayingAway,
  'metadata-too': seeingReadiness('/v1/meta'),
  dies: () => ({
    proxy: {
      isChanged: (asked, status) => {
        if (isAway(asked, status)) setTimeout(() => process.exit(1), 50);
        return false;
      },
    },
  }),
});
