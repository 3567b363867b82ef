import { WrongValue } from './config.settings.ts';

/** One RTCIceServer as every join answers it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string | null;
  readonly credential: string | null;
}

/** Never quotes what it refuses: a URL may hold a password. */
export function readUrl(protocols: readonly string[], also?: 'without query and fragment'): (text: string) => string {
  const form = `${protocols.map((each) => `${each}//…`).join(' or ')}${also ? ` ${also}` : ''}`;
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !protocols.includes(url.protocol) || !text.startsWith(`${url.protocol}//`) || url.hostname === '') {
      throw new WrongValue(`is no such URL; it must be ${form}`);
    }
    if (also && /[?#]/.test(text)) throw new WrongValue(`has a query or a fragment; it must be ${form}`);
    return text;
  };
}

export function readUrls(protocols: readonly string[]): (text: string) => readonly string[] {
  return (text) => {
    const urls = listOf(text);
    if (urls.length > 0 && urls.every((url) => protocols.some((protocol) => isUrlOf(url, protocol)))) return urls;
    throw new WrongValue(`must be URLs that begin with ${protocols.join(' or ')}, separated by commas`);
  };
}

export function readCorsOrigins(text: string): ReadonlySet<string> {
  const origins = listOf(text);
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong === undefined) return new Set(origins);
  throw new WrongValue(`"${wrong}" is no origin; write scheme, host and port only, such as https://duet.example.org`);
}

export function readIceServers(text: string): readonly IceServer[] {
  const form = 'must be a JSON array of {"urls": "stun:…" or ["turn:…"], "username"?: "…", "credential"?: "…"}';
  let servers: unknown;
  try {
    servers = JSON.parse(text);
  } catch {
    throw new WrongValue(`is no JSON; it ${form}`);
  }
  if (!Array.isArray(servers)) throw new WrongValue(form);
  return servers.map((server: unknown) => {
    const iceServer = iceServerOf(server);
    if (!iceServer) throw new WrongValue(form);
    return iceServer;
  });
}

function iceServerOf(server: unknown): IceServer | undefined {
  if (typeof server !== 'object' || server === null || !('urls' in server)) return undefined;
  const urls: unknown[] = Array.isArray(server.urls) ? server.urls : [server.urls];
  const username = 'username' in server ? server.username : null;
  const credential = 'credential' in server ? server.credential : null;
  if (urls.length === 0 || !urls.every(isIceUrl) || !isTextOrNull(username) || !isTextOrNull(credential))
    return undefined;
  return { urls, username, credential };
}

function isIceUrl(url: unknown): url is string {
  return typeof url === 'string' && ['stun:', 'stuns:', 'turn:', 'turns:'].some((protocol) => isUrlOf(url, protocol));
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isUrlOf(url: string, protocol: string): boolean {
  return url.startsWith(protocol) && /^[^\s/]+$/.test(url.slice(protocol.length));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
