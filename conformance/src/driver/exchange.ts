import type { Exchange } from '../../report/stream.ts';

export type SentRequest = {
  method: string;
  /** Path and query as sent, without the base URL. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
};

/** An answer as it came: header names in lower case, the body undecoded. */
export type ReceivedResponse = { status: number; headers: Record<string, string>; body: Uint8Array };

const SECRET_MEMBERS = /"(password|token|inviteCode|credential)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g;
const LONGEST_BODY = 8_192;

/** The exchange as it may be shown: passwords, tokens, invite codes and TURN credentials are taken out. */
export function recordExchange(
  at: Date,
  operationId: string | null,
  baseUrl: string,
  request: SentRequest,
  response: ReceivedResponse | null,
  ms: number,
): Exchange {
  return {
    at: at.toISOString(),
    operationId,
    request: {
      method: request.method,
      url: baseUrl + request.path,
      headers: withoutToken(request.headers),
      body: request.body && readable(request.body),
    },
    response: response && { status: response.status, headers: response.headers, body: readable(response.body) },
    ms: Math.round(ms * 10) / 10,
  };
}

function withoutToken(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.toLowerCase() === 'authorization' ? value.replace(/\S+$/, '[redacted]') : value,
    ]),
  );
}

function readable(body: Uint8Array): string {
  const text = new TextDecoder().decode(body).replace(SECRET_MEMBERS, '"$1"$2"[redacted]"');
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}… (${body.length} bytes in all)` : text;
}
