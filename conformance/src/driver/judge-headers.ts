import { type DocumentedResponse, type Operation } from './contract.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import { isObject, isProblem, mediaType, parseJson } from './response-body.ts';
import { mismatches } from './schema.ts';
import { broken, explain, type Violation } from './violation.ts';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const SOFTWARE_HEADERS = ['server', 'x-powered-by', 'via'];

export function judgeRequestId(request: SentRequest, response: ReceivedResponse): Violation[] {
  const sent = header(request.headers, 'x-request-id');
  const got = response.headers['x-request-id'];
  const echoed = sent !== undefined && REQUEST_ID.test(sent);
  if (got === undefined || !REQUEST_ID.test(got)) {
    return [
      broken(
        'http/request-id',
        'missing',
        'the response has no valid X-Request-Id',
        '1-128 of A-Z a-z 0-9 . _ -',
        got ?? 'none',
      ),
    ];
  }
  if (echoed && got !== sent)
    return [broken('http/request-id', 'not-echoed', 'the X-Request-Id sent is not echoed', sent, got)];
  const problem = parseJson(response);
  if (isProblem(response) && isObject(problem) && problem['requestId'] !== got) {
    return [
      broken(
        'http/request-id',
        'problem',
        "the problem's requestId is not the X-Request-Id",
        got,
        String(problem['requestId']),
      ),
    ];
  }
  return [];
}

export function judgeQuietHeaders(response: ReceivedResponse): Violation[] {
  const found = SOFTWARE_HEADERS.filter((name) => name in response.headers).map((name) =>
    broken(
      'http/quiet-headers',
      name,
      `the header ${name} names the server software`,
      'no such header',
      response.headers[name] ?? '',
    ),
  );
  const option = response.headers['x-content-type-options'];
  if (option === 'nosniff') return found;
  return [
    ...found,
    broken('http/quiet-headers', 'nosniff', 'X-Content-Type-Options is not nosniff', 'nosniff', option ?? 'none'),
  ];
}

export function judgeCaching(operation: Operation | undefined, response: ReceivedResponse): Violation[] {
  const value = response.headers['cache-control'];
  if (mediaType(response) === 'text/event-stream') {
    const fits = value === 'no-cache, no-transform';
    return fits
      ? []
      : [
          broken(
            'http/no-store',
            'stream',
            'an event stream may be cached or transformed',
            'no-cache, no-transform',
            value ?? 'none',
          ),
        ];
  }
  const wanted = response.status >= 400 || operation?.operationId === 'login' || operation?.open === false;
  if (!wanted || value === 'no-store') return [];
  return [broken('http/no-store', 'no-store', 'the answer may be stored by a cache', 'no-store', value ?? 'none')];
}

export function judgeHeaders(documented: DocumentedResponse, response: ReceivedResponse): Violation[] {
  return Object.entries(documented.headers).flatMap(([name, { pointer, required }]) => {
    const value = response.headers[name];
    // The rules of their own judge these, with a name that says more.
    if (name === 'x-request-id' || name === 'x-content-type-options' || name === 'cache-control') return [];
    if (value === undefined) {
      return required
        ? [
            broken(
              'http/documented-response',
              `header:${name}`,
              `the documented header ${name} is missing`,
              name,
              'none',
            ),
          ]
        : [];
    }
    const errors = mismatches(pointer, /^\d+$/.test(value) ? Number(value) : value);
    const asText = errors.length > 0 ? mismatches(pointer, value) : [];
    if (errors.length === 0 || asText.length === 0) return [];
    return [
      broken(
        'http/documented-response',
        `header:${name}`,
        `the header ${name} does not fit its schema`,
        explain(asText),
        value,
      ),
    ];
  });
}

function header(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
