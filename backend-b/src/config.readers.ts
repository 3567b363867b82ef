/** Turns the text of one setting into its value, or throws the cause and the way out. */
export type Reader<T> = (text: string) => T;

export class Wrong extends Error {}

export function text(description: string, isRight: (text: string) => boolean): Reader<string> {
  return (value) => {
    if (!isRight(value)) throw new Wrong(description);
    return value;
  };
}

export function integer(least: number, most: number): Reader<number> {
  return (value) => {
    const number = Number(value);
    if (!/^\d{1,9}$/.test(value) || number < least || number > most) {
      throw new Wrong(`is ${JSON.stringify(value)}, but must be a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

export function oneOf<const T extends string>(...choices: T[]): Reader<T> {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Wrong(`is ${JSON.stringify(value)}, but must be ${choices.join(' or ')}`);
    return choice;
  };
}

export function list<T>(read: Reader<T>): Reader<T[]> {
  return (value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(read);
}

export function parsedUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

export const databaseUrl = text(
  'is not a PostgreSQL URL; set it to one such as postgres://user:password@host:5432/duet',
  (value) => {
    const url = parsedUrl(value);
    return (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') && url.hostname !== '';
  },
);

export const httpUrl: Reader<string> = (value) => {
  const url = parsedUrl(value);
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || /[?#]/.test(value)) {
    throw new Wrong(
      'is not an http or https URL without query and fragment; set it to one such as https://duet.example',
    );
  }
  return value.replace(/\/+$/, '');
};

export const origin: Reader<string> = (value) => {
  if (parsedUrl(value)?.origin !== value) {
    throw new Wrong(`holds ${JSON.stringify(value)}, which is no origin; list origins such as https://app.example`);
  }
  return value;
};

export const turnUrl = text('holds what is no TURN URL; list URLs such as turn:turn.example:3478', (value) =>
  /^turns?:[^\s?#]+(\?transport=(udp|tcp))?$/.test(value),
);

export interface IceServer {
  urls: string[];
  username: string | null;
  credential: string | null;
}

const ICE_HELP =
  'is not a JSON array of {"urls", "username"?, "credential"?}; set it to one such as [{"urls": "stun:stun.example:3478"}]';

export const iceServers: Reader<IceServer[]> = (value) => {
  const parsed = parseJson(value);
  if (!Array.isArray(parsed)) throw new Wrong(ICE_HELP);
  return parsed.map(toIceServer);
};

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new Wrong(ICE_HELP);
  }
}

function toIceServer(entry: unknown): IceServer {
  if (typeof entry !== 'object' || entry === null) throw new Wrong(ICE_HELP);
  const { urls, username = null, credential = null, ...rest } = entry as Record<string, unknown>;
  const all = typeof urls === 'string' ? [urls] : urls;
  const isRight =
    Array.isArray(all) &&
    all.length > 0 &&
    all.every((url) => typeof url === 'string' && /^(stuns?|turns?):\S+$/.test(url)) &&
    (username === null || typeof username === 'string') &&
    (credential === null || typeof credential === 'string') &&
    Object.keys(rest).length === 0;
  if (!isRight) throw new Wrong(ICE_HELP);
  return { urls: all, username, credential };
}
