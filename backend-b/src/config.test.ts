import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const right = {
  DATABASE_URL: 'postgres://duet@localhost:5432/duet',
  DOCTOR_INVITE_CODE: 'let-me-in',
  CURSOR_SECRET: 'x'.repeat(32),
};

function linesOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

describe('readConfig', () => {
  it('fills in what is not set', () => {
    expect(readConfig(right)).toMatchObject({
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:3000',
      databasePoolSize: 10,
      drainSeconds: 10,
      log: 'production',
      nodeEnv: 'development',
      hasConformanceClock: false,
      videoProvider: 'peer',
      hotPaths: 'statements',
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readConfig(right))).toBe(true);
  });

  it('names every wrong and missing setting, one line each', () => {
    const lines = linesOf({ PORT: '0', LOG: 'loud', DATABASE_URL: 'mysql://x', CURSOR_SECRET: '' });
    expect(lines.map((line) => line.split(': ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'DOCTOR_INVITE_CODE',
      'CURSOR_SECRET',
      'LOG',
    ]);
  });

  it('refuses the conformance clock in production', () => {
    const lines = linesOf({ ...right, CONFORMANCE_CLOCK: '1', NODE_ENV: 'production' });
    expect(lines).toEqual([expect.stringMatching(/^CONFORMANCE_CLOCK: /)]);
  });

  it('asks for everything that twilio needs', () => {
    const lines = linesOf({ ...right, VIDEO_PROVIDER: 'twilio' });
    expect(lines.map((line) => line.split(': ')[0])).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_API_KEY_SID',
      'TWILIO_API_KEY_SECRET',
      'TWILIO_AUTH_TOKEN',
      'PUBLIC_URL',
    ]);
  });

  it('takes TURN URLs and their secret together or not at all', () => {
    expect(linesOf({ ...right, TURN_URLS: 'turn:a.example:3478' })).toEqual([expect.stringMatching(/^TURN_SECRET: /)]);
    expect(linesOf({ ...right, TURN_SECRET: 's' })).toEqual([expect.stringMatching(/^TURN_URLS: /)]);
    expect(linesOf({ ...right, TURN_SECRET: 's', TURN_URLS: 'turn:a.example:3478?transport=udp' })).toEqual([]);
  });

  it('reads ICE servers with and without credentials', () => {
    const servers = [{ urls: 'stun:a.example' }, { urls: ['turn:b.example'], username: 'u', credential: 'c' }];
    expect(readConfig({ ...right, ICE_SERVERS: JSON.stringify(servers) }).iceServers).toEqual([
      { urls: ['stun:a.example'], username: null, credential: null },
      { urls: ['turn:b.example'], username: 'u', credential: 'c' },
    ]);
    for (const wrong of ['{}', '[{}]', '[1]', 'x', '[{"urls":"http://a"}]', '[{"urls":"stun:a","x":1}]']) {
      expect(linesOf({ ...right, ICE_SERVERS: wrong })).toHaveLength(1);
    }
  });

  it('refuses origins with a path or a trailing slash', () => {
    expect(linesOf({ ...right, CORS_ORIGINS: 'https://a.example/, https://b.example' })).toHaveLength(1);
    expect(readConfig({ ...right, CORS_ORIGINS: 'https://a.example, http://b.example:8080' }).corsOrigins).toHaveLength(
      2,
    );
  });
});
