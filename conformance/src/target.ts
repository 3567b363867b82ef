import type { operations } from '@duet/contract/types';
import { contractVersion } from './driver/contract.ts';
import type { Profile } from '../report/stream.ts';
import type { LeftOut, TwilioAccess } from './providers.ts';
import type { Launcher } from './stack/launcher.ts';

export type Meta = operations['getMeta']['responses'][200]['content']['application/json'];

/** A target as every part of the harness is told of it: plain data, handed to the test workers as JSON. */
export type SuiteTarget = {
  name: string;
  /** Base URLs of its replicas, at least one, without a trailing slash. */
  urls: string[];
  inviteCode: string | null;
  basePath: string;
  /** Sent with every request. */
  headers: Record<string, string>;
  /** A file with the certificate authority to trust. */
  ca?: string | undefined;
  timeoutMs: number;
  launcher?: Launcher | undefined;
  /** The emulator that stands in for Twilio behind it. */
  twilio?: TwilioAccess | undefined;
  /** Rules that it is not asked for, since the same server answers for them under another provider. */
  leftOut?: LeftOut | undefined;
  /** Started by a test for itself: when it answers nothing any more, that is the test's finding and not the run's end. */
  isLaunched?: boolean;
  meta: Meta;
};

/** The harness could not come to a verdict; the message is one line with the cause and the way out. */
export class CouldNotJudge extends Error {
  override name = 'CouldNotJudge';
}

/** What can be seen of a target, and so which rules can be tested on it. */
export function profilesOf(target: SuiteTarget): Profile[] {
  return [
    'core',
    ...(target.meta.conformanceClock ? (['clock'] as const) : []),
    ...(target.launcher ? (['launcher'] as const) : []),
  ];
}

/**
 * Asks a target who it is.
 * @throws CouldNotJudge when it is unreachable, answers something else than getMeta's JSON, or keeps another contract version.
 */
export async function probeTarget(options: Omit<SuiteTarget, 'meta'>): Promise<SuiteTarget> {
  const metas = [];
  for (const url of options.urls) metas.push(await fetchMeta(url, options));
  const [meta] = metas;
  if (!meta) throw new CouldNotJudge(`${options.name} has no URL: give one with --target ${options.name}=http://…`);
  return { ...options, meta };
}

async function fetchMeta(url: string, options: Omit<SuiteTarget, 'meta'>): Promise<Meta> {
  const address = `${url}${options.basePath}/v1/meta`;
  const response = await fetchText(address, options);
  const type = response.headers['content-type'] ?? 'no media type';
  if (response.status !== 200 || !type.startsWith('application/json')) {
    const hint = type.startsWith('text/html')
      ? 'that is a web page, not the API: check host, port and --base-path'
      : 'check the URL and --base-path';
    throw new CouldNotJudge(`${options.name}: ${address} answers ${response.status} ${type}: ${hint}`);
  }
  return checkMeta(address, response.text, options.name);
}

function checkMeta(address: string, text: string, name: string): Meta {
  const meta = parse(text);
  if (typeof meta?.contractVersion !== 'string') {
    throw new CouldNotJudge(
      `${name}: ${address} is not getMeta's answer (no contractVersion): check the URL and --base-path`,
    );
  }
  if (meta.contractVersion.split('.')[0] !== contractVersion.split('.')[0]) {
    throw new CouldNotJudge(
      `${name} keeps contract version ${meta.contractVersion}, this suite judges ${contractVersion}: use the duet of that version`,
    );
  }
  return meta;
}

async function fetchText(
  address: string,
  options: Omit<SuiteTarget, 'meta'>,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const { Agent, request } = await import('undici');
  const { readFileSync } = await import('node:fs');
  const dispatcher = new Agent({
    connect: { timeout: options.timeoutMs, ...(options.ca && { ca: readFileSync(options.ca) }) },
  });
  try {
    const { statusCode, headers, body } = await request(address, {
      dispatcher,
      headers: options.headers,
      headersTimeout: options.timeoutMs,
    });
    const flat = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]));
    return { status: statusCode, headers: flat, text: await body.text() };
  } catch (error) {
    throw new CouldNotJudge(`${options.name} does not answer at ${address}: ${reasonOf(error)}`, { cause: error });
  } finally {
    await dispatcher.close();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there; start the server or correct the port',
    ENOTFOUND: 'no such host; correct the name',
    UND_ERR_CONNECT_TIMEOUT: 'no connection in time; check the address, or raise --timeout',
    UND_ERR_HEADERS_TIMEOUT: 'connected, but no answer in time; raise --timeout if it is slow',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; trust it with --ca',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is unknown; trust it with --ca',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is unknown; trust it with --ca',
  };
  return words[code] ?? (error instanceof Error ? error.message || error.name : String(error));
}

function parse(text: string): Meta | undefined {
  try {
    return JSON.parse(text) as Meta;
  } catch {
    return undefined;
  }
}
