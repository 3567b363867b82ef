import { readCorsOrigins, readIceServers, readUrl, readUrls, type IceServer } from './config.values.ts';
import { ConfigError, Settings } from './config.settings.ts';
import { readTraces, type TracesConfig } from './config.traces.ts';

export { ConfigError };
export type { IceServer, TracesConfig };

/** Everything the environment decides; read once, checked, frozen. */
export interface Config {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly port: number;
  readonly host: string;
  /** The URL under which the outside reaches this backend; callbacks are signed over it. No trailing slash. */
  readonly publicUrl: string;
  readonly doctorInviteCode: string;
  readonly cursorSecret: string;
  readonly corsOrigins: ReadonlySet<string>;
  readonly drainSeconds: number;
  readonly log: 'production' | 'dev';
  readonly nodeEnv: 'development' | 'test' | 'production';
  /** Whether requests may say what time it is for them (header Conformance-Now). */
  readonly conformanceClock: boolean;
  readonly hotPaths: 'statements' | 'orm';
  readonly video: VideoConfig;
  readonly ice: IceConfig;
  /** null: nothing is traced, and nothing of OpenTelemetry is loaded. */
  readonly traces: TracesConfig | null;
}

export type VideoConfig = { readonly provider: 'peer' } | TwilioConfig;

export interface TwilioConfig {
  readonly provider: 'twilio';
  readonly accountSid: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  readonly authToken: string;
  readonly baseUrl: string;
}

export interface IceConfig {
  readonly servers: readonly IceServer[];
  readonly transportPolicy: 'all' | 'relay';
  /** TURN servers whose credentials are made for each join. */
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null;
}

/**
 * Reads the configuration from the environment. An empty string counts as missing.
 *
 * @throws ConfigError with one line for each wrong or missing setting, each beginning with the setting's name
 * @rule operations/configuration
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const settings = new Settings(env);
  const port = settings.integer('PORT', 1, 65_535, 3000);
  const nodeEnv = settings.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development');
  const provider = settings.oneOf('VIDEO_PROVIDER', ['peer', 'twilio'], 'peer');

  const config: Config = {
    databaseUrl: settings.required('DATABASE_URL', readUrl(['postgres:', 'postgresql:'])),
    databasePoolSize: settings.integer('DATABASE_POOL_SIZE', 1, 200, 10),
    port,
    host: settings.optional('HOST', (text) => text, '0.0.0.0'),
    publicUrl: readPublicUrl(settings, provider, port),
    doctorInviteCode: settings.text('DOCTOR_INVITE_CODE', 8, 255),
    cursorSecret: settings.text('CURSOR_SECRET', 32, Infinity),
    corsOrigins: settings.optional('CORS_ORIGINS', readCorsOrigins, new Set()),
    drainSeconds: settings.integer('DRAIN_SECONDS', 0, 300, 10),
    log: settings.oneOf('LOG', ['production', 'dev'], 'production'),
    nodeEnv,
    conformanceClock: readConformanceClock(settings, nodeEnv),
    hotPaths: settings.oneOf('HOT_PATHS', ['statements', 'orm'], 'statements'),
    video: provider === 'twilio' ? readTwilio(settings) : { provider },
    ice: readIce(settings),
    traces: readTraces(settings),
  };
  settings.mustBeRight();
  return Object.freeze(config);
}

function readPublicUrl(settings: Settings, provider: 'peer' | 'twilio', port: number): string {
  const read = (text: string) => readUrl(['http:', 'https:'], 'without query and fragment')(text).replace(/\/+$/, '');
  if (provider === 'twilio') return settings.required('PUBLIC_URL', read);
  return settings.optional('PUBLIC_URL', read, `http://localhost:${port}`);
}

function readConformanceClock(settings: Settings, nodeEnv: Config['nodeEnv']): boolean {
  const isOn = settings.oneOf('CONFORMANCE_CLOCK', ['0', '1'], '0') === '1';
  if (isOn && nodeEnv === 'production') {
    settings.refuse(
      'CONFORMANCE_CLOCK',
      'would let any request say what time it is; leave it out when NODE_ENV=production',
    );
  }
  return isOn;
}

function readTwilio(settings: Settings): TwilioConfig {
  return {
    provider: 'twilio',
    accountSid: settings.matching('TWILIO_ACCOUNT_SID', /^AC[0-9a-f]{32}$/, 'AC and 32 hexadecimal digits'),
    apiKeySid: settings.matching('TWILIO_API_KEY_SID', /^SK[0-9a-f]{32}$/, 'SK and 32 hexadecimal digits'),
    apiKeySecret: settings.text('TWILIO_API_KEY_SECRET', 1, Infinity),
    authToken: settings.text('TWILIO_AUTH_TOKEN', 1, Infinity),
    baseUrl: settings.optional(
      'TWILIO_BASE_URL',
      (text) => readUrl(['http:', 'https:'])(text).replace(/\/+$/, ''),
      'https://video.twilio.com',
    ),
  };
}

function readIce(settings: Settings): IceConfig {
  const urls = settings.optional('TURN_URLS', readUrls(['turn:', 'turns:']), null);
  const secret = settings.optional('TURN_SECRET', (text) => text, null);
  if (urls !== null && secret === null)
    settings.refuse('TURN_SECRET', 'is missing; TURN_URLS needs it: set both or neither');
  if (urls === null && secret !== null && !settings.isSet('TURN_URLS')) {
    settings.refuse('TURN_URLS', 'is missing; TURN_SECRET is of no use without it: set both or neither');
  }
  return {
    servers: settings.optional('ICE_SERVERS', readIceServers, []),
    transportPolicy: settings.oneOf('ICE_TRANSPORT_POLICY', ['all', 'relay'], 'all'),
    turn: urls !== null && secret !== null ? { urls, secret } : null,
  };
}
