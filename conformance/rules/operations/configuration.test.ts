import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { launcherOf, withServer } from '../../src/launched.ts';
import { nextLook, rule, type TestTarget } from '../../src/rule.ts';
import { launch } from '../../src/stack/launcher.ts';
import { freePort } from '../../src/stack/ports.ts';
import { statusOf } from '../../src/stack/server.ts';

type Settings = Record<string, string | undefined>;

const HEX = '0123456789abcdef0123456789abcdef';
const SECRETS = ['hidden-in-the-url', 'seven77', 'thirty-one-characters-are-short'] as const;

/** All settings there are besides where the server listens and its database. */
const NOTHING: Settings = Object.fromEntries(
  [
    'PUBLIC_URL DOCTOR_INVITE_CODE CURSOR_SECRET CORS_ORIGINS DATABASE_POOL_SIZE DRAIN_SECONDS LOG NODE_ENV',
    'CONFORMANCE_CLOCK VIDEO_PROVIDER TWILIO_ACCOUNT_SID TWILIO_API_KEY_SID TWILIO_API_KEY_SECRET',
    'TWILIO_AUTH_TOKEN TWILIO_BASE_URL ICE_SERVERS ICE_TRANSPORT_POLICY TURN_URLS TURN_SECRET',
  ].flatMap((names) => names.split(' ').map((name) => [name, undefined])),
);
const REQUIRED: Settings = { ...NOTHING, DOCTOR_INVITE_CODE: 'eight888', CURSOR_SECRET: 'x'.repeat(32) };
const TWILIO: Settings = {
  VIDEO_PROVIDER: 'twilio',
  PUBLIC_URL: 'https://duet.example/behind/a/path',
  TWILIO_ACCOUNT_SID: `AC${HEX}`,
  TWILIO_API_KEY_SID: `SK${HEX}`,
  TWILIO_API_KEY_SECRET: 'a key secret',
  TWILIO_AUTH_TOKEN: 'an auth token',
};

/** Two wrong values of each setting. */
const WRONG: Record<string, [string, string]> = {
  DATABASE_URL: [`mysql://duet:${SECRETS[0]}@127.0.0.1:5432/duet`, '127.0.0.1:5432/duet'],
  PORT: ['0', '65536'],
  PUBLIC_URL: ['ftp://duet.example', 'https://duet.example/?a=1'],
  DOCTOR_INVITE_CODE: [SECRETS[1], 'x'.repeat(256)],
  CURSOR_SECRET: [SECRETS[2], 'short'],
  CORS_ORIGINS: ['duet.example', 'https://duet.example,nonsense'],
  DATABASE_POOL_SIZE: ['0', '201'],
  DRAIN_SECONDS: ['-1', '301'],
  LOG: ['verbose', 'true'],
  NODE_ENV: ['staging', 'prod'],
  CONFORMANCE_CLOCK: ['2', 'true'],
  VIDEO_PROVIDER: ['zoom', 'none'],
  ICE_SERVERS: ['stun:stun.example:3478', '{"urls": "stun:stun.example"}'],
  ICE_TRANSPORT_POLICY: ['none', 'relays'],
  TURN_URLS: ['https://turn.example', 'turn:turn.example,nonsense'],
};
/** Others that need VIDEO_PROVIDER=twilio to be looked at, or that the bounds say nothing of. */
const WRONG_WITH_TWILIO: Settings = {
  PORT: 'http',
  PUBLIC_URL: 'https://duet.example/#top',
  DATABASE_POOL_SIZE: 'ten',
  DRAIN_SECONDS: '2.5',
  CONFORMANCE_CLOCK: '1', // It is wrong in production alone.
  TWILIO_ACCOUNT_SID: `AC${HEX.slice(1)}`,
  TWILIO_API_KEY_SID: `SK${HEX.toUpperCase()}`,
  TWILIO_BASE_URL: 'video.twilio.com',
  ICE_SERVERS: '[{"url": "stun:stun.example"}]',
  TURN_URLS: 'stun:turn.example',
};

function wrongSettings(round: 0 | 1): Settings {
  return Object.fromEntries(Object.entries(WRONG).map(([name, values]) => [name, values[round]]));
}

/** Asks at the port until told to stop. @returns whether anything has answered or accepted a connection */
async function hasListened(port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if ((await statusOf(`http://127.0.0.1:${port}/healthz`)) !== 'ECONNREFUSED') return true;
    await nextLook();
  }
  return false;
}

/** The one line of each of these settings, and nothing else, is what the server says before it exits with 1. */
async function expectRefusal(target: TestTarget, env: Settings, names: string[]): Promise<void> {
  const port = await freePort();
  const over = new AbortController();
  const listening = hasListened(port, over.signal);
  const { stderr, exited } = await launch(launcherOf(target), {
    env: { PORT: String(port), ...env },
    expectExit: true,
  }).finally(() => over.abort());
  expect(stderr.map((line) => /^[A-Z_]+(?=: )/.exec(line)?.[0] ?? line).sort()).toEqual([...names].sort());
  for (const line of stderr) expect(line, 'a cause and a way out').toMatch(/^[A-Z_]+: .{15,}$/);
  for (const secret of SECRETS) expect(stderr.join('\n')).not.toContain(secret);
  expect(await exited).toEqual({ code: 1, signal: null });
  expect(await listening, 'whether it listened before').toBe(false);
}

rule('operations/configuration', ({ test }) => {
  test('names every missing setting; empty is missing', async ({ target }) => {
    const missing = {
      DATABASE_URL: undefined,
      DOCTOR_INVITE_CODE: '',
      CURSOR_SECRET: undefined,
      PUBLIC_URL: '',
      TWILIO_ACCOUNT_SID: undefined,
      TWILIO_API_KEY_SID: '',
      TWILIO_API_KEY_SECRET: undefined,
      TWILIO_AUTH_TOKEN: '',
      TURN_SECRET: '',
    };
    const rest = { VIDEO_PROVIDER: 'twilio', TURN_URLS: 'turn:turn.example' };
    await expectRefusal(target, { ...NOTHING, ...rest, ...missing }, Object.keys(missing));
  });

  test('names every wrong setting, all at once', async ({ target }) => {
    const right = { ...REQUIRED, TURN_SECRET: 'a turn secret' };
    for (const round of [0, 1] as const)
      await expectRefusal(target, { ...right, ...wrongSettings(round) }, Object.keys(WRONG));
    const names = Object.keys(WRONG_WITH_TWILIO);
    await expectRefusal(target, { ...right, ...TWILIO, ...WRONG_WITH_TWILIO, NODE_ENV: 'production' }, names);
  });

  test('names PORT when the port is in use', async ({ target }) => {
    const port = await freePort();
    const occupant = createServer().listen(port, '127.0.0.1');
    await once(occupant, 'listening');
    try {
      const env = { ...REQUIRED, PORT: String(port) };
      const server = await launch(launcherOf(target), { env, expectExit: true });
      expect(server.stderr).toEqual([expect.stringMatching(/^PORT: .{15,}$/)]);
      expect(await server.exited).toEqual({ code: 1, signal: null });
    } finally {
      occupant.close();
    }
  });

  test('names HOST when it is no address of the machine', async ({ target }) => {
    const forDocumentation = '192.0.2.1';
    await expectRefusal(target, { ...REQUIRED, HOST: forDocumentation }, ['HOST']);
  });

  test('needs no more than three settings, and has defaults', async ({ target }) => {
    const empty = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, '']));
    const { DOCTOR_INVITE_CODE, CURSOR_SECRET } = REQUIRED;
    const env = { ...empty, DOCTOR_INVITE_CODE, CURSOR_SECRET };
    await withServer(target, { env, readyPath: '/healthz' }, async ({ there, server }) => {
      const { status, body, headers } = await there.nobody.send('getMeta', { headers: { origin: 'http://localhost' } });
      expect(status).toBe(200);
      expect(body).toMatchObject({ videoProvider: 'peer', conformanceClock: false });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(server.stderr).toEqual([]);
      expect(() => server.stdout.map((line) => JSON.parse(line)), 'LOG=production').not.toThrow();
      await server.stop(0); // DRAIN_SECONDS is 10 unless set.
    });
  });

  test('takes every setting up to its bounds', async ({ target }) => {
    const env = {
      ...TWILIO,
      TWILIO_BASE_URL: 'http://127.0.0.1:9',
      DOCTOR_INVITE_CODE: 'x'.repeat(255),
      CURSOR_SECRET: 'x'.repeat(32),
      CORS_ORIGINS: 'https://duet.example,http://localhost:5173',
      DATABASE_POOL_SIZE: '200',
      DRAIN_SECONDS: '300',
      LOG: 'dev',
      NODE_ENV: 'test',
      CONFORMANCE_CLOCK: '1',
      ICE_SERVERS: '[{"urls": ["turn:turn.example"], "username": "u", "credential": "c"}, {"urls": "stun:s.example"}]',
      ICE_TRANSPORT_POLICY: 'relay',
      TURN_URLS: 'turn:turn.example:3478?transport=udp,turns:turn.example',
      TURN_SECRET: 'a turn secret',
    };
    await withServer(target, { env, readyPath: '/healthz' }, async ({ there, server }) => {
      const meta = await there.nobody.send('getMeta');
      expect(meta.body).toMatchObject({ videoProvider: 'twilio', conformanceClock: true });
      expect(server.stderr).toEqual([]);
      await server.stop(0);
    });
  });
});
