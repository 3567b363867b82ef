import type { RuleId } from '@duet/contract/rules';
import { problems as catalogue } from '@duet/contract/problems';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Failure } from '../../report/stream.ts';
import { type DocumentedResponse, findOperations, GENERAL_PROBLEMS, type Operation } from './contract.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import { mismatches } from './schema.ts';

/** What an answer breaks, whoever asked: the rule and what was expected of it. */
export type Violation = { rule: RuleId; failure: Failure };

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const SOFTWARE_HEADERS = ['server', 'x-powered-by', 'via'];
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

function judgeRequestId(request: SentRequest, response: ReceivedResponse): Violation[] {
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

function judgeQuietHeaders(response: ReceivedResponse): Violation[] {
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

function judgeCaching(operation: Operation | undefined, response: ReceivedResponse): Violation[] {
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

function judgeDocumented(
  operation: Operation | undefined,
  request: SentRequest,
  response: ReceivedResponse,
): Violation[] {
  if (request.method === 'OPTIONS') return judgeBodiless(response, 204);
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

/** An answer to a path, or a method on it, that the contract does not have. */
function judgeStray(request: SentRequest, response: ReceivedResponse): Violation[] {
  const known = findOperations(request.path.split('?')[0] ?? '').length > 0;
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

function judgeHeaders(documented: DocumentedResponse, response: ReceivedResponse): Violation[] {
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

function judgeBody(operation: Operation, documented: DocumentedResponse, response: ReceivedResponse): Violation[] {
  const types = Object.keys(documented.content);
  if (types.length === 0) {
    if (response.body.length === 0) return [];
    return [
      broken(
        'http/documented-response',
        'body',
        `a ${response.status} has no body`,
        'no body',
        `${response.body.length} bytes`,
      ),
    ];
  }
  if (response.status >= 400) return judgeProblem(response, new Set([...operation.problems, ...GENERAL_PROBLEMS]));
  const type = mediaType(response);
  const content = documented.content[type];
  if (!content)
    return [
      broken(
        'http/documented-response',
        'media-type',
        'the media type is not documented',
        types.join(', '),
        type || 'none',
      ),
    ];
  if (type !== 'application/json') return [];
  return judgeJson(content.pointer, response);
}

function judgeJson(pointer: string, response: ReceivedResponse): Violation[] {
  const body = parseJson(response);
  if (body === undefined)
    return [
      broken(
        'http/documented-response',
        'json',
        'the body is not JSON in UTF-8',
        'JSON',
        textOf(response).slice(0, 200),
      ),
    ];
  const errors = mismatches(pointer, body);
  const [instants, others] = [errors.filter(isInstant), errors.filter((error) => !isInstant(error))];
  const found: Violation[] = [];
  if (instants.length > 0)
    found.push(
      broken(
        'http/instants',
        'form',
        'an instant is not UTC with milliseconds and Z',
        'YYYY-MM-DDTHH:MM:SS.mmmZ',
        shown(instants),
      ),
    );
  if (others.some((error) => !isConsequence(error) || instants.length === 0)) {
    found.push(
      broken(
        'http/documented-response',
        schemaKey(others),
        'the body does not fit its schema',
        explain(others),
        shown(others),
      ),
    );
  }
  return found;
}

function judgeProblem(response: ReceivedResponse, allowed: ReadonlySet<string>): Violation[] {
  const type = mediaType(response);
  if (type !== 'application/problem+json') {
    return [
      broken(
        'http/problem',
        'media-type',
        'an error is not a problem document',
        'application/problem+json',
        type || 'none',
      ),
    ];
  }
  const problem = parseJson(response);
  if (!isObject(problem))
    return [
      broken(
        'http/problem',
        'json',
        'the problem is not a JSON object',
        'a JSON object',
        textOf(response).slice(0, 200),
      ),
    ];
  const errors = mismatches('/components/schemas/Problem', problem);
  if (errors.length > 0)
    return [broken('http/problem', 'schema', 'the problem does not fit its schema', explain(errors), shown(errors))];
  return judgeProblemMembers(problem, response.status, allowed);
}

function judgeProblemMembers(
  problem: Record<string, unknown>,
  status: number,
  allowed: ReadonlySet<string>,
): Violation[] {
  const code = String(problem['code']);
  const entry = (catalogue as Record<string, { status: number; title: string }>)[code];
  if (!entry || !allowed.has(code)) {
    return [broken('http/problem', 'code', 'the problem code is not documented here', [...allowed].join(', '), code)];
  }
  const expected = { type: `/problems/${code}`, title: entry.title, status: entry.status };
  return Object.entries({ ...expected, 'HTTP status': entry.status }).flatMap(([member, value]) => {
    const actual = member === 'HTTP status' ? status : problem[member];
    return actual === value
      ? []
      : [
          broken(
            'http/problem',
            member,
            `the problem's ${member} is not the one of ${code}`,
            String(value),
            String(actual),
          ),
        ];
  });
}

function isProblem(response: ReceivedResponse): boolean {
  return mediaType(response) === 'application/problem+json';
}

function isInstant(error: ErrorObject): boolean {
  return error.schemaPath.includes('/UtcInstant');
}

/** A failed anyOf or oneOf around a failed instant says nothing of its own. */
function isConsequence(error: ErrorObject): boolean {
  return ['anyOf', 'oneOf', 'type', 'if'].includes(error.keyword);
}

function explain(errors: ErrorObject[]): string {
  return errors
    .slice(0, 5)
    .map((error) => `${error.instancePath || '(the whole)'} ${error.message ?? error.keyword} ${detail(error)}`.trim())
    .join('; ');
}

function detail(error: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, missingProperty } = error.params;
  return String(additionalProperty ?? unevaluatedProperty ?? missingProperty ?? '');
}

function shown(errors: ErrorObject[]): string {
  return errors
    .slice(0, 5)
    .map((error) => JSON.stringify(error.data)?.slice(0, 200) ?? 'nothing')
    .join('; ');
}

function schemaKey(errors: ErrorObject[]): string {
  const [first] = errors;
  return first ? `schema:${first.instancePath}:${first.keyword}:${detail(first)}` : 'schema';
}

function broken(rule: RuleId, key: string, message: string, expected: string, actual: string): Violation {
  return { rule, failure: { key, message, expected, actual } };
}

function mediaType(response: ReceivedResponse): string {
  return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function parseJson(response: ReceivedResponse): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body));
  } catch {
    return undefined;
  }
}

function textOf(response: ReceivedResponse): string {
  return new TextDecoder().decode(response.body);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function header(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
