import { withMember } from './answers.ts';
import type { Hooks } from './wrap.ts';

export const isJoin = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && /^\/v1\/appointments\/[^/]+\/call\/join$/.test(path);

type Grant = Record<string, unknown>;

/** Changes the grants that joins are answered with. */
export const granting =
  (change: (grant: Grant) => Grant): (() => Hooks) =>
  () => ({
    proxy: {
      isChanged: (asked, status) => isJoin(asked) && status === 200,
      change: (answer) => withMember(answer, change),
    },
  });
