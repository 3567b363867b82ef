import { styleText } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import { listenToQueries, type TracedQuery } from '../db/query-trace.ts';
import { redactJson, redactParameter, redactValue, secretsIn } from './redact.ts';
import { failureOf } from './request-log.ts';

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

type Paint = (color: 'bold' | 'cyan' | 'green' | 'red' | 'yellow', text: string) => string;

/**
 * A request as a person reads it: what came, every query with its time, what went, and the whole stack of a failure.
 *
 * @rule operations/logs
 */
export function logForPeople(output: Output): RequestHandler {
  const paint: Paint =
    output.isTTY === true ? (color, text) => styleText(color, text, { validateStream: false }) : (_, text) => text;
  return (request, response, next) => {
    const queries: TracedQuery[] = [];
    response.once('close', () => output.write(storyOf(request, response, queries, paint)));
    listenToQueries((query) => queries.push(query), next);
  };
}

function storyOf(request: Request, response: Response, queries: readonly TracedQuery[], paint: Paint): string {
  const { requestId, startedAt, accountId, parts, route } = response.locals;
  const secrets = secretsIn(parts?.body);
  const milliseconds = (performance.now() - startedAt).toFixed(1);
  const status = paint(
    response.statusCode < 400 ? 'green' : response.statusCode < 500 ? 'yellow' : 'red',
    `${response.statusCode}`,
  );
  const lines = [
    '',
    `${paint('bold', `${request.method} ${route ?? request.path}`)} ${status} in ${milliseconds} ms`,
    `  request   ${requestId}${accountId === null ? '' : ` of account ${accountId}`}`,
    ...part('path', parts?.path),
    ...part('query', parts?.query),
    ...part('headers', parts?.headers),
    ...part('body', parts?.body),
    ...queries.flatMap((query) => queryLines(query, secrets, paint)),
    ...answerLines(response),
  ];
  if (response.locals.failure !== undefined) lines.push(paint('red', indent(failureOf(response).stack)));
  return `${lines.join('\n')}\n`;
}

function part(name: string, value: unknown): string[] {
  if (value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0))
    return [];
  return [`  ${name.padEnd(9)} ${JSON.stringify(redactValue(value))}`];
}

function queryLines(
  { text, parameters, milliseconds, failure }: TracedQuery,
  secrets: readonly string[],
  paint: Paint,
): string[] {
  const time = `${milliseconds.toFixed(1)} ms`.padStart(9);
  const lines = [`  ${paint('cyan', 'sql')} ${time} ${text.replace(/\s+/g, ' ')}`];
  if (parameters.length > 0) {
    lines.push(`                ${JSON.stringify(parameters.map((parameter) => redactParameter(parameter, secrets)))}`);
  }
  if (failure !== undefined) lines.push(paint('red', `                failed: ${failure.message}`));
  return lines;
}

function answerLines(response: Response): string[] {
  const { answer } = response.locals;
  if (answer === undefined) return ['  answer    (no body)'];
  const type = String(response.getHeader('Content-Type') ?? '');
  const shown = type.includes('json') ? redactJson(answer) : `[${type}, ${answer.length} characters]`;
  return [`  answer    ${shown}`];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
