import { STATUS_CODES } from 'node:http';
import type { Exchange } from './records.ts';
import type { Summary } from './summarise.ts';

type Pair = { name: string; value: string };
type Page = { id: string; title: string; exchanges: Exchange[] };

const SECRET_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'x-twilio-signature']);

/**
 * HAR 1.2: the recorded exchanges of everything that went wrong, a page for each finding. Secrets are redacted, and bodies
 * are as long as they were recorded. A request that got no answer has the status 0.
 */
export function renderHar(summary: Summary): string {
  const pages = pagesOf(summary).filter(({ exchanges }) => exchanges.length > 0);
  const log = {
    version: '1.2',
    creator: { name: 'Duet', version: summary.run.contractVersion },
    pages: pages.map(({ id, title, exchanges }) => ({
      startedDateTime: exchanges[0]?.at,
      id,
      title,
      pageTimings: {},
    })),
    entries: pages.flatMap(({ id, exchanges }) => exchanges.map((exchange) => entry(id, exchange))),
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function pagesOf({ rows }: Summary): Page[] {
  const findings = rows.flatMap((row) =>
    row.cells.flatMap((cell) => cell.findings.map((finding) => ({ row, cell, finding }))),
  );
  return findings.map(({ row, cell, finding }, index) => ({
    id: `finding_${index + 1}`,
    title: `${row.id} on ${cell.target}: ${finding.title}`,
    exchanges: finding.exchanges,
  }));
}

function entry(pageref: string, { at, operationId, request, response, ms }: Exchange): object {
  return {
    pageref,
    startedDateTime: at,
    time: ms,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headers(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: sizeOf(request.body),
      ...(request.body !== null && {
        postData: { mimeType: headerOf(request.headers, 'content-type'), params: [], text: request.body },
      }),
    },
    response: responseOf(response),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    ...(operationId !== null && { comment: operationId }),
  };
}

function responseOf(response: Exchange['response']): object {
  const { status, headers: received, body } = response ?? { status: 0, headers: {}, body: '' };
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: response ? 'HTTP/1.1' : '',
    cookies: [],
    headers: headers(received),
    content: { size: sizeOf(body), mimeType: headerOf(received, 'content-type') || 'x-unknown', text: body },
    redirectURL: headerOf(received, 'location'),
    headersSize: -1,
    bodySize: response ? sizeOf(body) : -1,
    ...(!response && { _error: 'no answer' }),
  };
}

function headers(all: Record<string, string>): Pair[] {
  return Object.entries(all).map(([name, value]) => ({
    name,
    value: SECRET_HEADERS.has(name.toLowerCase()) ? redacted(value) : value,
  }));
}

function redacted(value: string): string {
  return value.startsWith('Bearer ') ? 'Bearer [redacted]' : '[redacted]';
}

function headerOf(all: Record<string, string>, sought: string): string {
  return Object.entries(all).find(([name]) => name.toLowerCase() === sought)?.[1] ?? '';
}

/** As it stood in the request, also where it cannot be decoded. */
function queryOf(url: string): Pair[] {
  const query = url.split('?').slice(1).join('?').split('#')[0] ?? '';
  return query === '' ? [] : query.split('&').map(pairOf);
}

function pairOf(text: string): Pair {
  const [name = '', ...rest] = text.split('=').map(decoded);
  return { name, value: rest.join('=') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function sizeOf(body: string | null): number {
  return body === null ? 0 : Buffer.byteLength(body);
}
