import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { serveAccounts } from './accounts.ts';
import { methodsAt, operations } from './contract.ts';
import { serveDoctors } from './doctors.ts';
import { serveOperations, type VideoProvider } from './operations.ts';
import { answerProblem, Problem } from './problem.ts';
import { createReceive } from './receive.ts';
import { serveSessions } from './sessions.ts';
import { emptyWorld, type Env } from './world.ts';

type Settings = { inviteCode: string; videoProvider: VideoProvider };

/** The server; its order is a table of contents. Nothing listens on import. */
export function createApp({ inviteCode, videoProvider }: Settings): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathAsSent });
  const world = emptyWorld();
  const receive = createReceive(world);
  app.use(dress);
  app.onError(answerProblem);
  app.notFound(answerStray);
  serveOperations(app, receive, videoProvider);
  serveAccounts(app, receive, world, inviteCode);
  serveSessions(app, receive, world);
  serveDoctors(app, receive, world);
  // Whatever no area above has taken is refused as the contract demands, up to where something would have to be done.
  for (const { id, method, path } of operations)
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), receive(id), () => refuseUnbuilt(id));
  return app;
}

/** Hono would decode it first, and take `/v1/%6Deta` for `/v1/meta`. */
function pathAsSent(_: Request, options?: { env?: Env['Bindings'] }): string {
  return options?.env?.incoming.url?.split('?')[0] ?? '/';
}

/** The headers of every answer. Nothing here is worth a cache, and no origin is let in from a browser. */
const dress: MiddlewareHandler<Env> = async (c, next) => {
  const sent = c.req.header('X-Request-Id') ?? '';
  const requestId = /^[\w.-]{1,128}$/.test(sent) ? sent : randomUUID();
  c.set('requestId', requestId);
  c.header('X-Request-Id', requestId);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Origin');
  await next();
};

/** OPTIONS, an unknown path, or a method that a known one does not have. */
function answerStray(c: Context<Env>): Response {
  const allowed = methodsAt(c.req.path);
  if (allowed.length === 0) throw new Problem('not-found', 'There is nothing at this address. Correct the path.');
  const headers = { Allow: allowed.join(', ') };
  if (c.req.method === 'OPTIONS') return c.body(null, 204, headers);
  throw new Problem('method-not-allowed', 'This path does not answer this method. Use one of Allow.', headers);
}

function refuseUnbuilt(id: string): never {
  throw new Problem('service-unavailable', `This server has no ${id} yet.`, { 'Retry-After': '3600' });
}
