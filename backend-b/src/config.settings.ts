import * as read from './config.readers.ts';
import type { IceServer, Reader } from './config.readers.ts';
import { readTracing, type TracingSettings } from './config.tracing.ts';

export interface TwilioSettings {
  accountSid: string;
  apiKeySid: string;
  apiKeySecret: string;
  authToken: string;
  baseUrl: string;
}

export interface Settings {
  databaseUrl: string;
  /** How many connections the pool opens at most. */
  databasePoolSize: number;
  port: number;
  host: string;
  publicUrl: string;
  doctorInviteCode: string;
  cursorSecret: string;
  corsOrigins: string[];
  drainSeconds: number;
  log: 'production' | 'dev';
  nodeEnv: 'development' | 'test' | 'production';
  hasConformanceClock: boolean;
  videoProvider: 'peer' | 'twilio';
  twilio: TwilioSettings | undefined;
  iceServers: IceServer[];
  iceTransportPolicy: 'all' | 'relay';
  turnUrls: string[];
  turnSecret: string | undefined;
  hotPaths: 'statements' | 'orm';
  /** Undefined unless OpenTelemetry's variables switch traces on. */
  tracing: TracingSettings | undefined;
}

/** Reads every setting and gathers a line for each that is wrong or missing. */
export function readEnvironment(env: NodeJS.ProcessEnv): { settings: Settings; lines: string[] } {
  const lines: string[] = [];
  const optional = <T>(name: string, reader: Reader<T>): T | undefined => {
    const value = env[name];
    if (value === undefined || value === '') return undefined;
    try {
      return reader(value);
    } catch (error) {
      if (!(error instanceof read.Wrong)) throw error;
      lines.push(`${name}: ${error.message}.`);
      return undefined;
    }
  };
  const required = (name: string, reader: Reader<string>, help: string): string => {
    if (!env[name]) lines.push(`${name}: is missing; ${help}.`);
    return optional(name, reader) ?? '';
  };

  const port = optional('PORT', read.integer(1, 65_535)) ?? 3000;
  const videoProvider = optional('VIDEO_PROVIDER', read.oneOf('peer', 'twilio')) ?? 'peer';
  const settings: Settings = {
    databaseUrl: required('DATABASE_URL', read.databaseUrl, 'set it to the URL of the PostgreSQL database'),
    databasePoolSize: optional('DATABASE_POOL_SIZE', read.integer(1, 200)) ?? 10,
    port,
    host:
      optional(
        'HOST',
        read.text('is no host name or address', (value) => !/\s/.test(value)),
      ) ?? '0.0.0.0',
    publicUrl: optional('PUBLIC_URL', read.httpUrl) ?? `http://localhost:${port}`,
    doctorInviteCode: required('DOCTOR_INVITE_CODE', inviteCode, 'set it to the code that doctors need to sign up'),
    cursorSecret: required('CURSOR_SECRET', cursorSecret, 'set it to a random text of 32 characters or more'),
    corsOrigins: optional('CORS_ORIGINS', read.list(read.origin)) ?? [],
    drainSeconds: optional('DRAIN_SECONDS', read.integer(0, 300)) ?? 10,
    log: optional('LOG', read.oneOf('production', 'dev')) ?? 'production',
    nodeEnv: optional('NODE_ENV', read.oneOf('development', 'test', 'production')) ?? 'development',
    hasConformanceClock: optional('CONFORMANCE_CLOCK', read.oneOf('0', '1')) === '1',
    videoProvider,
    twilio: videoProvider === 'twilio' ? readTwilio(required, optional) : undefined,
    iceServers: optional('ICE_SERVERS', read.iceServers) ?? [],
    iceTransportPolicy: optional('ICE_TRANSPORT_POLICY', read.oneOf('all', 'relay')) ?? 'all',
    turnUrls: optional('TURN_URLS', read.list(read.turnUrl)) ?? [],
    turnSecret: env['TURN_SECRET'] || undefined,
    hotPaths: optional('HOT_PATHS', read.oneOf('statements', 'orm')) ?? 'statements',
    tracing: readTracing(optional),
  };
  lines.push(...checkTogether(settings, env));
  return { settings, lines };
}

const inviteCode = read.text('must have 8 to 255 characters; choose another', (value) => {
  const length = [...value].length;
  return length >= 8 && length <= 255;
});

const cursorSecret = read.text(
  'must have 32 characters or more; set it to a longer random text',
  (value) => [...value].length >= 32,
);

function readTwilio(
  required: (name: string, reader: Reader<string>, help: string) => string,
  optional: <T>(name: string, reader: Reader<T>) => T | undefined,
): TwilioSettings {
  const help = "copy it from Twilio's console, or set VIDEO_PROVIDER=peer";
  const pattern = (expected: RegExp, words: string) =>
    read.text(`is not ${words}; ${help}`, (value) => expected.test(value));
  return {
    accountSid: required('TWILIO_ACCOUNT_SID', pattern(/^AC[0-9a-f]{32}$/, 'AC and 32 hexadecimal digits'), help),
    apiKeySid: required('TWILIO_API_KEY_SID', pattern(/^SK[0-9a-f]{32}$/, 'SK and 32 hexadecimal digits'), help),
    apiKeySecret: required('TWILIO_API_KEY_SECRET', (value) => value, help),
    authToken: required('TWILIO_AUTH_TOKEN', (value) => value, help),
    baseUrl: optional('TWILIO_BASE_URL', read.httpUrl) ?? 'https://video.twilio.com',
  };
}

function checkTogether(settings: Settings, env: NodeJS.ProcessEnv): string[] {
  const lines: string[] = [];
  if (settings.videoProvider === 'twilio' && !env['PUBLIC_URL']) {
    lines.push('PUBLIC_URL: is missing; VIDEO_PROVIDER=twilio needs the public URL that callbacks are signed over.');
  }
  if (settings.hasConformanceClock && settings.nodeEnv === 'production') {
    lines.push('CONFORMANCE_CLOCK: is 1 with NODE_ENV=production; leave it out, or run with NODE_ENV=test.');
  }
  if (env['TURN_URLS'] && !env['TURN_SECRET']) {
    lines.push(
      "TURN_SECRET: is missing beside TURN_URLS; set it to the TURN server's shared secret, or leave out both.",
    );
  }
  if (env['TURN_SECRET'] && !env['TURN_URLS']) {
    lines.push("TURN_URLS: is missing beside TURN_SECRET; list the TURN server's URLs, or leave out both.");
  }
  return lines;
}
