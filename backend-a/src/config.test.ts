import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const least = {
  DATABASE_URL: 'postgres://duet@localhost:5432/duet',
  DOCTOR_INVITE_CODE: 'a good code',
  CURSOR_SECRET: '0123456789abcdef0123456789abcdef',
};

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

const namesOf = (env: Record<string, string>) => linesOf(env).map((line) => line.slice(0, line.indexOf(': ')));

describe('readConfig', () => {
  test('has a default for all but three settings', () => {
    expect(readConfig(least)).toMatchObject({
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:3000',
      databasePoolSize: 10,
      drainSeconds: 10,
      log: 'production',
      nodeEnv: 'development',
      conformanceClock: false,
      hotPaths: 'statements',
      video: { provider: 'peer' },
      ice: { servers: [], transportPolicy: 'all', turn: null },
      traces: null,
    });
  });

  test('names everything that is missing, an empty string too', () => {
    expect(namesOf({ CURSOR_SECRET: '' }).toSorted()).toEqual(['CURSOR_SECRET', 'DATABASE_URL', 'DOCTOR_INVITE_CODE']);
  });

  test.each([
    ['DATABASE_URL', 'mysql://localhost/duet'],
    ['DATABASE_URL', 'postgres:duet'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['PUBLIC_URL', 'https://duet.example/?x=1'],
    ['PUBLIC_URL', 'ftp://duet.example'],
    ['DOCTOR_INVITE_CODE', 'short'],
    ['CURSOR_SECRET', '0123456789abcdef'],
    ['CORS_ORIGINS', 'https://duet.example/path'],
    ['DATABASE_POOL_SIZE', '201'],
    ['DRAIN_SECONDS', '-1'],
    ['LOG', 'debug'],
    ['NODE_ENV', 'staging'],
    ['CONFORMANCE_CLOCK', 'true'],
    ['VIDEO_PROVIDER', 'zoom'],
    ['ICE_SERVERS', '{}'],
    ['ICE_SERVERS', '[{"urls": []}]'],
    ['ICE_SERVERS', 'stun:example.org'],
    ['ICE_TRANSPORT_POLICY', 'none'],
    ['HOT_PATHS', 'both'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(namesOf({ ...least, [name]: value })).toEqual([name]);
  });

  test('refuses the conformance clock in production', () => {
    expect(namesOf({ ...least, CONFORMANCE_CLOCK: '1', NODE_ENV: 'production' })).toEqual(['CONFORMANCE_CLOCK']);
  });

  test('wants the whole of twilio, with a public URL', () => {
    expect(namesOf({ ...least, VIDEO_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC1' }).toSorted()).toEqual([
      'PUBLIC_URL',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_API_KEY_SECRET',
      'TWILIO_API_KEY_SID',
      'TWILIO_AUTH_TOKEN',
    ]);
  });

  test('wants both of TURN or neither', () => {
    expect(namesOf({ ...least, TURN_URLS: 'turn:turn.example.org' })).toEqual(['TURN_SECRET']);
    expect(namesOf({ ...least, TURN_SECRET: 'secret' })).toEqual(['TURN_URLS']);
    const { ice } = readConfig({ ...least, TURN_SECRET: 's', TURN_URLS: 'turn:a:3478?transport=udp, turns:b' });
    expect(ice.turn).toEqual({ urls: ['turn:a:3478?transport=udp', 'turns:b'], secret: 's' });
  });

  test('reads ICE servers in both spellings of urls', () => {
    const { ice } = readConfig({ ...least, ICE_SERVERS: '[{"urls":"stun:a"},{"urls":["turn:b"],"username":"u"}]' });
    expect(ice.servers).toEqual([
      { urls: ['stun:a'], username: null, credential: null },
      { urls: ['turn:b'], username: 'u', credential: null },
    ]);
  });

  test('never repeats what may hold a password', () => {
    expect(linesOf({ ...least, DATABASE_URL: 'mysql://duet:hunter2@localhost/duet' }).join()).not.toContain('hunter2');
  });
});
