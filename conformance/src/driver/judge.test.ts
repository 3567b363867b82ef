import { describe, expect, test } from 'vitest';
import { contractVersion } from './contract.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import { judge } from './judge.ts';

const META = {
  service: 'x',
  framework: 'a',
  orm: 'b',
  runtime: 'n',
  contractVersion,
  videoProvider: 'peer',
  conformanceClock: true,
};
const ACCOUNT = {
  id: '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01',
  email: 'ada@duet.invalid',
  role: 'user',
  displayName: 'Ada',
  specialty: null,
  timeZone: 'UTC',
  createdAt: '2031-01-01T00:00:00.000Z',
};
const PROBLEM = {
  type: '/problems/not-found',
  title: 'Not found',
  status: 404,
  detail: 'There is no such path.',
  code: 'not-found',
  requestId: 'r1',
};

function asked(method: string, path: string, headers: Record<string, string> = {}): SentRequest {
  return { method, path, headers, body: null };
}

function answered(status: number, body: unknown, headers: Record<string, string | undefined> = {}): ReceivedResponse {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  const all = {
    'x-request-id': 'r1',
    'x-content-type-options': 'nosniff',
    ...(body !== undefined && { 'content-type': type }),
    'cache-control': 'no-store',
    ...headers,
  };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: Object.fromEntries(kept), body: Buffer.from(text) };
}

function broken(request: SentRequest, response: ReceivedResponse): string[] {
  return judge(request, response).map(({ rule, failure }) => `${rule} ${failure.key}`);
}

describe('judge', () => {
  test('finds nothing wrong in good answers', () => {
    expect(broken(asked('GET', '/v1/meta'), answered(200, META))).toEqual([]);
    expect(broken(asked('GET', '/v1/me'), answered(200, ACCOUNT))).toEqual([]);
    expect(broken(asked('DELETE', '/v1/sessions/current'), answered(204, undefined))).toEqual([]);
    expect(broken(asked('GET', '/v1/nowhere'), answered(404, PROBLEM))).toEqual([]);
    expect(broken(asked('OPTIONS', '/v1/me'), answered(204, undefined))).toEqual([]);
    expect(broken(asked('HEAD', '/v1/me'), answered(200, undefined, { 'content-type': 'application/json' }))).toEqual(
      [],
    );
  });

  test('sees one member too many and one too few', () => {
    expect(broken(asked('GET', '/v1/meta'), answered(200, { ...META, extra: 1 }))).toEqual([
      'http/documented-response schema::additionalProperties:extra',
    ]);
    const { orm: _, ...without } = META;
    expect(broken(asked('GET', '/v1/meta'), answered(200, without))).toEqual([
      'http/documented-response schema::required:orm',
    ]);
  });

  test('sees an undocumented status, media type, body and missing header', () => {
    expect(broken(asked('GET', '/v1/me'), answered(202, ACCOUNT))).toEqual(['http/documented-response status']);
    expect(broken(asked('GET', '/v1/me'), answered(200, ACCOUNT, { 'content-type': 'text/html' }))).toEqual([
      'http/documented-response media-type',
    ]);
    expect(
      broken(asked('DELETE', '/v1/sessions/current'), answered(204, 'bye', { 'content-type': undefined })),
    ).toEqual(['http/documented-response body']);
    expect(broken(asked('GET', '/v1/me'), answered(200, '{"id":'))).toEqual(['http/documented-response json']);
  });

  test('blames an instant that is not UTC with milliseconds on its own rule', () => {
    for (const createdAt of ['2031-01-01T00:00:00Z', '2031-01-01T00:00:00.000+00:00', '2031-01-01T00:00:00.000000Z']) {
      expect(broken(asked('GET', '/v1/me'), answered(200, { ...ACCOUNT, createdAt }))).toEqual(['http/instants form']);
    }
  });

  test('sees every flaw of a problem document', () => {
    const path = asked('GET', '/v1/nowhere');
    expect(broken(path, answered(404, PROBLEM, { 'content-type': 'application/json' }))).toEqual([
      'http/problem media-type',
    ]);
    expect(broken(path, answered(404, { ...PROBLEM, title: 'Nothing here' }))).toEqual(['http/problem title']);
    expect(broken(path, answered(404, { ...PROBLEM, type: '/problems/other' }))).toEqual(['http/problem type']);
    expect(broken(path, answered(404, { ...PROBLEM, stack: 'at x' }))).toEqual(['http/problem schema']);
    expect(broken(path, answered(404, { ...PROBLEM, requestId: 'r2' }))).toEqual(['http/request-id problem']);
    const malformed = {
      ...PROBLEM,
      type: '/problems/malformed-body',
      title: 'The body cannot be read',
      status: 400,
      code: 'malformed-body',
    };
    expect(broken(asked('GET', '/v1/me'), answered(400, malformed))).toEqual(['http/problem code']);
    expect(broken(path, answered(200, META))).toEqual(['http/unknown-path status']);
    expect(broken(asked('PUT', '/v1/me'), answered(404, PROBLEM))).toEqual(['http/method-not-allowed status']);
  });

  test('sees missing and wrong headers that every answer carries', () => {
    const meta = asked('GET', '/v1/meta');
    expect(broken(meta, answered(200, META, { 'x-request-id': undefined }))).toEqual(['http/request-id missing']);
    expect(broken(asked('GET', '/v1/meta', { 'X-Request-Id': 'mine' }), answered(200, META))).toEqual([
      'http/request-id not-echoed',
    ]);
    expect(broken(asked('GET', '/v1/meta', { 'X-Request-Id': 'not valid' }), answered(200, META))).toEqual([]);
    expect(broken(meta, answered(200, META, { 'x-powered-by': 'Express' }))).toEqual([
      'http/quiet-headers x-powered-by',
    ]);
    expect(broken(meta, answered(200, META, { 'x-content-type-options': undefined }))).toEqual([
      'http/quiet-headers nosniff',
    ]);
    expect(broken(meta, answered(200, META, { 'cache-control': undefined }))).toEqual([]);
    expect(broken(asked('GET', '/v1/me'), answered(200, ACCOUNT, { 'cache-control': 'private' }))).toEqual([
      'http/no-store no-store',
    ]);
  });

  test("leaves what Node's own parser refuses unjudged", () => {
    expect(
      judge(asked('GET', '/v1/meta'), { status: 400, headers: { connection: 'close' }, body: new Uint8Array() }),
    ).toEqual([]);
  });

  test('lets the path of another provider be unknown, for every method', () => {
    const missing = answered(404, PROBLEM, { 'cache-control': 'no-store' });
    for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS'])
      expect(broken(asked(method, '/v1/webhooks/twilio/rooms'), missing), method).toEqual([]);
    const refused = answered(404, { ...PROBLEM, code: 'method-not-allowed' }, { 'cache-control': 'no-store' });
    expect(broken(asked('POST', '/v1/webhooks/twilio/rooms'), refused)).not.toEqual([]);
    expect(broken(asked('POST', '/v1/sessions'), missing)).toEqual(['http/documented-response status']);
    expect(broken(asked('OPTIONS', '/v1/sessions'), missing)).toEqual(['http/method-not-allowed options']);
  });
});
