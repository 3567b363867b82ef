import { problems as catalogue } from '@duet/contract/problems';
import { type DocumentedResponse, GENERAL_PROBLEMS, type Operation } from './contract.ts';
import type { ReceivedResponse } from './exchange.ts';
import { judgeJson } from './judge-json.ts';
import { isObject, mediaType, parseJson, textOf } from './response-body.ts';
import { mismatches } from './schema.ts';
import { broken, explain, shown, type Violation } from './violation.ts';

export function judgeBody(
  operation: Operation,
  documented: DocumentedResponse,
  response: ReceivedResponse,
): Violation[] {
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
  return judgeJsonBody(content.pointer, response);
}

function judgeJsonBody(pointer: string, response: ReceivedResponse): Violation[] {
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
  return judgeJson({ rule: 'http/documented-response', pointer, what: 'the body' }, body);
}

export function judgeProblem(response: ReceivedResponse, allowed: ReadonlySet<string>): Violation[] {
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
