import type { Hono } from 'hono';
import { contractVersion } from './contract.ts';
import type { Receive } from './receive.ts';
import type { Env } from './world.ts';

export type VideoProvider = 'peer' | 'twilio';

/** @param videoProvider who will carry the calls, once there are any */
export function serveOperations(app: Hono<Env>, receive: Receive, videoProvider: VideoProvider): void {
  app.get('/v1/meta', receive('getMeta'), (c) =>
    c.json({
      service: 'third-backend',
      framework: 'Hono 4',
      orm: 'none, all is in memory',
      runtime: `Node.js ${process.versions.node}`,
      contractVersion,
      videoProvider,
      conformanceClock: false,
    }),
  );

  app.get('/healthz', receive('getLiveness'), (c) => c.json({ status: 'ok' }));

  app.get('/readyz', receive('getReadiness'), (c) => c.json({ status: 'ok' }));
}
