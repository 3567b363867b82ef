export type Configuration = Readonly<{
  databaseUrl: string;
  poolSize: number;
  port: number;
  host: string;
  inviteCode: string;
  cursorSecret: string;
  corsOrigins: ReadonlySet<string>;
  drainSeconds: number;
  hasClock: boolean;
}>;

export type Environment = Record<string, string | undefined>;

/** The settings that the floor has a use for, and a line for each that is wrong or missing. */
export function readConfiguration(environment: Environment): { configuration: Configuration; complaints: string[] } {
  const complaints: string[] = [];
  const read = (name: string, otherwise: string, isRight: (value: string) => boolean, wayOut: string): string => {
    const value = environment[name] || otherwise;
    if (!isRight(value)) complaints.push(`${name}: missing or wrong. Set it to ${wayOut}.`);
    return value;
  };
  const whole = (name: string, otherwise: number, least: number, most: number): number => {
    const isRight = (value: string) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;
    return Number(read(name, String(otherwise), isRight, `a whole number from ${least} to ${most}`));
  };
  const mode = read('NODE_ENV', 'development', isOneOf('development', 'test', 'production'), 'test or production');
  const isClock = (value: string) => value === '0' || (value === '1' && mode !== 'production');
  const configuration: Configuration = {
    databaseUrl: read('DATABASE_URL', '', isDatabase, 'an address such as postgres://user:password@host:5432/name'),
    poolSize: whole('DATABASE_POOL_SIZE', 10, 1, 200),
    port: whole('PORT', 3000, 1, 65_535),
    host: environment['HOST'] || '0.0.0.0',
    inviteCode: read('DOCTOR_INVITE_CODE', '', ({ length }) => length >= 8 && length <= 255, '8 to 255 characters'),
    cursorSecret: read('CURSOR_SECRET', '', ({ length }) => length >= 32, '32 characters at least'),
    corsOrigins: new Set(
      read('CORS_ORIGINS', '', areOrigins, 'origins, separated by commas').split(',').filter(Boolean),
    ),
    drainSeconds: whole('DRAIN_SECONDS', 10, 0, 300),
    hasClock: read('CONFORMANCE_CLOCK', '0', isClock, '0; 1 is for other modes than production') === '1',
  };
  return { configuration: Object.freeze(configuration), complaints };
}

const isOneOf =
  (...words: string[]) =>
  (value: string) =>
    words.includes(value);

const isDatabase = (value: string): boolean => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);

const areOrigins = (value: string): boolean =>
  value === '' || value.split(',').every((origin) => URL.canParse(origin) && new URL(origin).origin === origin);
