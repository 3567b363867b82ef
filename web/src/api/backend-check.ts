import { info } from '@duet/contract/openapi.json';
import type { Meta } from './schema.ts';

export type BackendRefusal =
  | 'invalid-url'
  | 'mixed-content'
  | 'unreachable'
  | 'refuses-this-origin'
  | 'no-duet-server'
  | 'other-version'
  | 'known';

/** Why a URL cannot be used as a backend. */
export class BackendRefused extends Error {
  override name = 'BackendRefused';
  readonly reason: BackendRefusal;
  /** The contract version that the server named. */
  readonly version: string | null;

  constructor(reason: BackendRefusal, version: string | null = null) {
    super(reason);
    this.reason = reason;
    this.version = version;
  }
}

export const contractVersion = info.version;
const patienceMs = 5000;

/** The address as it is kept: absolute, without a trailing slash. @throws BackendRefused */
export function backendUrl(text: string, page: URL): string {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `${page.protocol}//${trimmed}`);
  if (!url || !/^https?:$/.test(url.protocol) || trimmed === '') throw new BackendRefused('invalid-url');
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (page.protocol === 'https:' && url.protocol === 'http:' && !isLocal) throw new BackendRefused('mixed-content');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Who answers there, and how fast. @throws BackendRefused when it is no Duet server of this contract. */
export async function askMeta(url: string): Promise<{ meta: Meta; milliseconds: number }> {
  const started = performance.now();
  const response = await ask(url);
  const milliseconds = Math.round(performance.now() - started);
  const meta: unknown = response.ok ? await response.json().catch(() => null) : null;
  if (!isMeta(meta)) throw new BackendRefused(response.status >= 502 ? 'unreachable' : 'no-duet-server');
  if (majorOf(meta.contractVersion) !== majorOf(contractVersion))
    throw new BackendRefused('other-version', meta.contractVersion);
  return { meta, milliseconds };
}

async function ask(url: string): Promise<Response> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await fetch(`${url}/v1/meta`, { signal, cache: 'no-store' });
  } catch {
    // A browser does not say which of the two it was: an opaque answer shows that somebody is there.
    const isThere = await fetch(`${url}/v1/meta`, { mode: 'no-cors', signal: AbortSignal.timeout(patienceMs) }).then(
      () => true,
      () => false,
    );
    throw new BackendRefused(isThere ? 'refuses-this-origin' : 'unreachable');
  }
}

function isMeta(value: unknown): value is Meta {
  return typeof value === 'object' && value !== null && 'contractVersion' in value && 'videoProvider' in value;
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}
