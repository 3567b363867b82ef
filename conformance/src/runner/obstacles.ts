import type { Step } from '../../report/stream.ts';
import type { Sent } from './sent.ts';
import type { Whereabouts } from './trace.ts';

const LONGEST_BODY = 100_000;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const LONGEST_LITERAL_TOKEN = 31;

/** Null for no body, undefined when it could not be seen or is no text. */
export function bodyOf({ body }: Sent): string | null | undefined {
  if (!body) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Why a request cannot be sent again by curl; undefined when it can. */
export function obstacleOf(
  sent: Sent,
  body: string | null | undefined,
  { url, headers }: Pick<Step, 'url' | 'headers'>,
  target: Whereabouts,
): string | undefined {
  const isOurs = target.urls.some((address) => sent.url.startsWith(address + target.basePath));
  if (!isOurs) return 'it went to a server that the test had started';
  if ('x-twilio-signature' in sent.headers) return 'it was signed with a secret of Twilio';
  if (sent.method === 'GET' && /\/v1\/events(\?|$)/.test(sent.url)) return 'it opened an event stream';
  if (body === undefined) return 'its body is none that curl would send';
  if ((body?.length ?? 0) > LONGEST_BODY || body?.includes('\0')) return 'its body is none for a shell';
  if (url.some((part) => typeof part === 'string' && UUID.test(part))) return 'it named what another test had made';
  const isForeign = headers['authorization']?.some(
    (part) => typeof part === 'string' && part.length > LONGEST_LITERAL_TOKEN,
  );
  return isForeign ? 'its session is none that the test had made' : undefined;
}
