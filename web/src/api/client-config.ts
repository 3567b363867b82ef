import { readStored, writeStored } from './stored.ts';

export type Backend = { id: string; name: string; url: string; urls?: string[] };
export type DemoAccount = { email: string; password: string; role: 'doctor' | 'user'; displayName: string };

/** What the server that serves this client tells it. */
export type ClientConfig = {
  backends: Backend[];
  /** Where the SDK of the twilio provider connects, when that is not Twilio. */
  wsServer?: string;
  demo?: { accounts: DemoAccount[]; inviteCode?: string };
};

const storageKey = 'duet.client-config';
const patienceMs = 4000;

const served: Backend[] = [
  { id: 'a', name: 'Backend A', url: '/a' },
  { id: 'b', name: 'Backend B', url: '/b' },
];
/** An app of a phone's own has no serving origin: VITE_BACKENDS='Clinic=https://duet.example,…' is built into it. */
const builtIn = namedBackends(import.meta.env.VITE_BACKENDS ?? '');
const fallback: ClientConfig = { backends: builtIn.length > 0 ? builtIn : served };

let loaded: ClientConfig = fallback;

export function clientConfig(): ClientConfig {
  return loaded;
}

/** Asks the serving origin once, before anything is shown; without an answer what it said the last time holds. */
export async function loadClientConfig(): Promise<void> {
  try {
    const response = await fetch('/client-config.json', { signal: AbortSignal.timeout(patienceMs), cache: 'no-store' });
    const config: unknown = response.ok ? await response.json() : undefined;
    if (!isConfig(config)) throw new TypeError('no client configuration');
    loaded = config;
    writeStored(localStorage, storageKey, config);
  } catch {
    loaded = readStored<ClientConfig>(localStorage, storageKey) ?? fallback; // Offline, or served as plain files.
  }
}

export function namedBackends(text: string): Backend[] {
  return text.split(',').flatMap((entry, index) => {
    const [name = '', ...url] = entry.split('=');
    return url.length > 0 ? [{ id: `built-in-${index + 1}`, name: name.trim(), url: url.join('=').trim() }] : [];
  });
}

function isConfig(value: unknown): value is ClientConfig {
  return typeof value === 'object' && value !== null && 'backends' in value && Array.isArray(value.backends);
}
