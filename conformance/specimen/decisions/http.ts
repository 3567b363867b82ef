import { randomUUID } from 'node:crypto';
import type { FieldError } from '../validation.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type RequestParts = {
  operationId: string;
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
};

/** What holds of every operation, one decision a function. */
export const httpDecisions = {
  requestId: (sent: string | undefined): string => (sent && /^[A-Za-z0-9._-]{1,128}$/.test(sent) ? sent : randomUUID()),

  /** The id that a problem names, given the one in the header. */
  requestIdOfProblem: (requestId: string): string => requestId,

  /** The path under which a route is looked up. */
  routedPath: (path: string): string => path,

  allowedMethods: (documented: string[]): string[] => [
    ...documented.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    'OPTIONS',
  ],

  standardHeaders: (_status: number): Record<string, string> => ({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    vary: 'Origin',
  }),

  bodyLimit: (_isChunked: boolean): number => 65_536,

  /** Whether a body that announces itself as too long is refused before it has come. */
  refusesEarly: (): boolean => true,

  takesMediaType: (contentType: string | undefined, contentEncoding: string | undefined): boolean => {
    if (contentEncoding !== undefined) return false;
    const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
    const charsets = parameters.filter((parameter) => parameter.startsWith('charset='));
    return type === 'application/json' && charsets.every((charset) => /^charset="?utf-8"?$/.test(charset));
  },

  /** @throws TypeError for invalid UTF-8 */
  decodeBody: (bytes: Uint8Array): string => strictUtf8.decode(bytes),

  /** @throws SyntaxError for malformed JSON */
  parseBody: (text: string): unknown => JSON.parse(text),

  /** The value of an absent body where one is required; undefined refuses it. */
  absentBody: (): unknown => undefined,

  /** The errors that are told, out of those that were found. */
  toldErrors: (found: FieldError[], _request: RequestParts): FieldError[] => found,

  errorsNamed: (): number => 100,

  errorsOmitted: (found: number, named: number): number => found - named,

  readInstant: (text: string): number => {
    const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|([+-])(\d\d):(\d\d))$/.exec(text);
    if (!match) return Number.NaN;
    const [, day, time, fraction = '', , sign, hours = '0', minutes = '0'] = match;
    const local = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
    if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${day}T${time}`)) return Number.NaN;
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return local.getTime() - (sign === '-' ? -offset : offset);
  },

  writeInstant: (instant: number): string => new Date(instant).toISOString(),

  /** An id as it is looked up. */
  readId: (text: string): string => text.toLowerCase(),

  /** Text as it is kept. */
  keptText: (text: string): string => text,

  /** Whether a HEAD is taken for the GET of the same path. */
  answersHead: (_operationId: string): boolean => true,

  /** The value of Access-Control-Allow-Origin, if any. */
  allowedOrigin: (origin: string, configured: string[]): string | undefined =>
    configured.includes(origin) ? origin : undefined,

  corsHeaders: (origin: string, allow: string | undefined): Record<string, string> => ({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Location, ETag, X-Request-Id, Retry-After, Idempotency-Replayed',
    ...(allow !== undefined && {
      'access-control-allow-methods': allow.replace(', OPTIONS', ''),
      'access-control-allow-headers':
        'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id',
    }),
  }),

  readClock: (header: string | undefined, realNow: number): string | number => header ?? realNow,
};
