import { createHmac } from 'node:crypto';
import { granting } from '../wrapping/joins.ts';
import { wrap } from '../wrapping/wrap.ts';

type Server = { urls: string[]; username: string | null; credential: string | null };

/** Changes the servers of a grant: those of the configuration, and those with credentials made for the join. */
const serving = (change: (server: Server, isMade: boolean) => Server[]) =>
  granting((grant) => ({
    ...grant,
    iceServers: (grant['iceServers'] as Server[]).flatMap((server) =>
      change(server, /^\d+:/.test(server.username ?? '')),
    ),
  }));

const signed = (server: Server, username: string, secret = process.env['TURN_SECRET'] ?? ''): Server => ({
  ...server,
  username,
  credential: createHmac('sha1', secret).update(username).digest('base64'),
});

const made = (change: (server: Server) => Server) => serving((server, isMade) => [isMade ? change(server) : server]);

await wrap({
  honest: () => ({ proxy: {} }),
  'one-for-all': made((server) => signed(server, `${server.username?.split(':')[0]}:duet`)),
  'an-hour': made((server) =>
    signed(server, `${Math.floor(Date.now() / 1000) + 3600}:${server.username?.split(':')[1]}`),
  ),
  'in-milliseconds': made((server) => signed(server, server.username?.replace(':', '000:') ?? '')),
  'hash-in-hex': made((server) => ({
    ...server,
    credential: Buffer.from(server.credential ?? '', 'base64').toString('hex'),
  })),
  'another-secret': made((server) => signed(server, server.username ?? '', 'another')),
  'configured-lost': serving((server, isMade) => (isMade ? [server] : [])),
  'made-first': granting((grant) => ({ ...grant, iceServers: (grant['iceServers'] as Server[]).toReversed() })),
  'a-server-a-url': serving((server) => server.urls.map((url) => ({ ...server, urls: [url] }))),
  'always-all': granting((grant) => ({ ...grant, iceTransportPolicy: 'all' })),
});
