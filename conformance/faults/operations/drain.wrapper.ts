import type { ServerResponse } from 'node:http';
import { asProblem, healthy, pathOf, unavailable } from '../wrapping/answers.ts';
import type { Child } from '../wrapping/child.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** A mode that lies from SIGTERM on. */
function draining(make: (isDraining: () => boolean) => Hooks): () => Hooks {
  return () => {
    let hasBegun = false;
    process.on('SIGTERM', () => {
      hasBegun = true;
    });
    return make(() => hasBegun);
  };
}

const nothing = { status: 503, headers: { 'retry-after': '1' }, body: '' };

/** Ends answers that are under way at SIGTERM. */
function cutting(fits: (path: string) => boolean): () => Hooks {
  return () => {
    const underWay = new Set<ServerResponse>();
    process.on('SIGTERM', () => {
      for (const response of underWay) response.destroy();
    });
    return {
      proxy: {
        underWay: (asked, response) => {
          if (!fits(pathOf(asked))) return;
          underWay.add(response);
          response.on('close', () => underWay.delete(response));
        },
      },
    };
  };
}

function exitingAtOnce(): Hooks {
  let real: Child | undefined;
  return {
    started: (child) => {
      real = child;
    },
    onTerminate: () => {
      real?.kill('SIGKILL');
      process.exit(0);
    },
  };
}

await wrap({
  honest: () => ({ proxy: {} }),
  'stays-ready': draining((isDraining) => ({
    proxy: {
      isChanged: (asked) => isDraining() && pathOf(asked) === '/readyz',
      change: healthy,
    },
  })),
  'ready-is-plain': draining((isDraining) => ({
    proxy: {
      isChanged: (asked) => isDraining() && pathOf(asked) === '/readyz',
      change: () => ({ ...nothing, headers: { 'content-type': 'text/plain' }, body: 'draining' }),
    },
  })),
  'no-new-work': draining((isDraining) => ({
    proxy: {
      isChanged: (asked) => isDraining() && pathOf(asked) !== '/readyz',
      change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, ...nothing.headers } }, unavailable),
    },
  })),
  'healthz-too': draining((isDraining) => ({
    proxy: {
      isChanged: (asked) => isDraining() && pathOf(asked) === '/healthz',
      change: (answer) => asProblem({ ...answer, headers: { ...answer.headers, ...nothing.headers } }, unavailable),
    },
  })),
  'exits-at-once': exitingAtOnce,
  'drains-shorter': () => ({
    environment: (env) => ({ ...env, DRAIN_SECONDS: String(Math.max(0, Number(env['DRAIN_SECONDS'] ?? 10) - 1)) }),
  }),
  'drains-longer': () => ({
    environment: (env) => ({ ...env, DRAIN_SECONDS: String(Number(env['DRAIN_SECONDS'] ?? 10) + 6) }),
  }),
  'code-of-signal': () => ({ exitCode: ({ code, signal }) => (signal || code === 0 ? 143 : (code ?? 1)) }),
  'streams-end-early': cutting((path) => path === '/v1/events'),
  'in-flight-cut': cutting((path) => path !== '/v1/events' && path !== '/readyz'),
  'never-ends': () => ({ onTerminate: () => null }),
});
