import { findOperations, GENERAL_PROBLEMS, type Operation } from './contract.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import { judgeBody, judgeProblem } from './judge-body.ts';
import { judgeCaching, judgeHeaders, judgeQuietHeaders, judgeRequestId } from './judge-headers.ts';
import { broken, type Violation } from './violation.ts';

/** What Node's own HTTP parser refuses never reaches a handler. */
const PARSER_STATUSES = new Set([400, 408, 431]);

/**
 * Judges one answer against the contract alone: pure, no state, no network.
 * @returns every rule it breaks; empty for a good answer.
 */
export function judge(request: SentRequest, response: ReceivedResponse): Violation[] {
  if (isParserRefusal(response)) return [];
  const operation = operationOf(request);
  return [
    ...judgeRequestId(request, response),
    ...judgeQuietHeaders(response),
    ...judgeCaching(operation, response),
    ...judgeDocumented(operation, request, response),
  ];
}

function operationOf(request: SentRequest): Operation | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return findOperations(request.path.split('?')[0] ?? '').find((operation) => operation.method === method);
}

function isParserRefusal(response: ReceivedResponse): boolean {
  return (
    PARSER_STATUSES.has(response.status) &&
    response.body.length === 0 &&
    response.headers['connection'] === 'close' &&
    !response.headers['x-request-id']
  );
}

function judgeDocumented(
  operation: Operation | undefined,
  request: SentRequest,
  response: ReceivedResponse,
): Violation[] {
  if (response.status === 404 && mayBeAbsent(request)) return judgeAbsent(request, response);
  if (request.method === 'OPTIONS' && isKnown(request)) return judgeBodiless(response, 204);
  if (!operation) return judgeStray(request, response);
  const documented = operation.responses.get(response.status);
  if (!documented) {
    const expected = [...operation.responses.keys()].join(', ');
    return [
      broken(
        'http/documented-response',
        'status',
        `${operation.operationId} documents no status ${response.status}`,
        expected,
        String(response.status),
      ),
    ];
  }
  const headers = judgeHeaders(documented, response);
  if (request.method === 'HEAD') return headers;
  return [...headers, ...judgeBody(operation, documented, response)];
}

const isKnown = (request: SentRequest): boolean => findOperations(request.path.split('?')[0] ?? '').length > 0;

/** A path that one video provider alone has is unknown with the others, for every method. */
function mayBeAbsent(request: SentRequest): boolean {
  const known = findOperations(request.path.split('?')[0] ?? '');
  return known.length > 0 && known.every(({ provider }) => provider !== null);
}

function judgeAbsent(request: SentRequest, response: ReceivedResponse): Violation[] {
  return request.method === 'HEAD' ? [] : judgeProblem(response, new Set(['not-found']));
}

/** An answer to a path, or a method on it, that the contract does not have. */
function judgeStray(request: SentRequest, response: ReceivedResponse): Violation[] {
  const known = isKnown(request);
  const [status, code] = known ? [405, 'method-not-allowed'] : [404, 'not-found'];
  if (response.status !== status && response.status < 500) {
    const rule = known ? 'http/method-not-allowed' : 'http/unknown-path';
    return [
      broken(
        rule,
        'status',
        `${request.method} ${request.path} is not in the contract`,
        String(status),
        String(response.status),
      ),
    ];
  }
  return request.method === 'HEAD'
    ? []
    : judgeProblem(response, response.status === status ? new Set([code]) : GENERAL_PROBLEMS);
}

function judgeBodiless(response: ReceivedResponse, status: number): Violation[] {
  if (response.status === status && response.body.length === 0) return [];
  return [
    broken(
      'http/method-not-allowed',
      'options',
      'OPTIONS is answered without a body',
      String(status),
      `${response.status}, ${response.body.length} bytes`,
    ),
  ];
}
