import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The documented path that was asked with another method. */
    otherwiseKnown: string | null;
  }
}

interface KnownPath {
  /** As it is documented. */
  template: string | null;
  pattern: RegExp;
  methods: Set<string>;
}

/**
 * Answers what no route takes: OPTIONS and other methods of a known path, and unknown paths. A hook does, before Fastify
 * looks at a body that nobody will read.
 */
export const unknownRequests = plugin(
  async (app: FastifyInstance) => {
    const paths = new Map<string, KnownPath>();
    app.decorateRequest('otherwiseKnown', null);
    app.addHook('onRoute', ({ url, method, config }) => {
      const template = config?.operation?.path ?? null;
      const known = paths.get(url) ?? { template, pattern: patternOf(url), methods: new Set(['OPTIONS']) };
      for (const name of [method].flat()) known.methods.add(name);
      paths.set(url, known);
    });
    app.addHook('onRequest', async (request, reply) => {
      if (request.is404) return answer(request, reply, [...paths.values()]);
      // The router lets an empty segment be a parameter; to us that is another path.
      if (Object.values(request.params as Record<string, string>).includes('')) throw unknownPath();
      return undefined;
    });
  },
  { name: 'unknown-requests' },
);

function answer(request: FastifyRequest, reply: FastifyReply, paths: KnownPath[]): FastifyReply {
  const path = request.url.replace(/\?.*$/s, '');
  const known = paths.find(({ pattern }) => pattern.test(path));
  /** @rule http/unknown-path */
  if (!known) throw unknownPath();
  request.otherwiseKnown = known.template;
  const allowed = [...known.methods].sort().join(', ');
  reply.header('allow', allowed);
  if (request.method === 'OPTIONS') {
    if (reply.hasHeader('access-control-allow-headers')) reply.header('access-control-allow-methods', allowed);
    return reply.code(204).send();
  }
  /** @rule http/method-not-allowed */
  throw new Problem('method-not-allowed', `This path takes ${allowed}; use one of them.`);
}

function unknownPath(): Problem {
  return new Problem('not-found', 'There is nothing at this path; check it.');
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`, 's');
}
