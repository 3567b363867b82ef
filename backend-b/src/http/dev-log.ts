import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { queryTrace, type TracedQuery } from '../db/query-trace.ts';
import { onEnd } from './on-end.ts';
import { redacted, secretsIn, shownParameter, withoutSecrets } from './redact.ts';
import { isProbe, requestSecrets, wholeStack } from './request-log.ts';

const colours = { dim: 2, red: 31, green: 32, yellow: 33, blue: 34, bold: 1 };
const isTerminal = process.stdout.isTTY === true;

/**
 * For a person who develops: everything of a request together, in the order it happened.
 * @rule operations/logs
 */
export const devLog = plugin(
  async (app: FastifyInstance) => {
    const queriesOf = new WeakMap<FastifyRequest, TracedQuery[]>();
    const answerOf = new WeakMap<FastifyRequest, string>();
    app.addHook('onRequest', (request, _reply, done) => {
      const queries: TracedQuery[] = [];
      queriesOf.set(request, queries);
      queryTrace.run(queries, done);
    });
    app.addHook('onSend', async (request, _reply, payload) => {
      if (typeof payload === 'string') answerOf.set(request, payload);
      return payload;
    });
    onEnd(app, (request, reply, milliseconds) => {
      if (isProbe(request) && reply.statusCode < 400) return;
      const [queries, answer] = [queriesOf.get(request) ?? [], answerOf.get(request) ?? ''];
      const lines = story(request, reply, { queries, answer, milliseconds });
      process.stdout.write(`${lines.join('\n')}\n\n`);
    });
  },
  { name: 'request-log' },
);

type Told = { queries: TracedQuery[]; answer: string; milliseconds: number };

function story(request: FastifyRequest, reply: FastifyReply, { queries, answer, milliseconds }: Told): string[] {
  const answerJson = parsed(answer);
  const secrets = [...requestSecrets(request), ...secretsIn(answerJson)];
  const shown = (value: unknown): string => withoutSecrets(JSON.stringify(redacted(value)), secrets);
  const lines = [
    `${paint('bold', `${request.method} ${withoutSecrets(request.url.replace(/\?.*$/s, ''), secrets)}`)} ${paint('dim', who(request))}`,
  ];
  if (hasEntries(request.params)) lines.push(`  params  ${shown(request.params)}`);
  if (hasEntries(request.query)) lines.push(`  query   ${shown(request.query)}`);
  if (request.body !== undefined) lines.push(`  body    ${shown(request.body)}`);
  for (const query of queries) lines.push(...queryLines(query, secrets));
  const status = paint(colourOf(reply.statusCode), String(reply.statusCode));
  const text = answerJson === undefined ? `${answer.length} characters` : shown(answerJson);
  lines.push(`  ${status} ${paint('dim', `in ${milliseconds.toFixed(1)} ms`)}  ${answer === '' ? '' : text}`);
  if (request.failure) lines.push(paint('red', indented(withoutSecrets(wholeStack(request.failure), secrets))));
  return lines;
}

function who(request: FastifyRequest): string {
  const { caller } = request;
  const account = caller ? `${caller.account.role} ${caller.account.id}` : 'nobody logged in';
  return `${request.now.toISOString()}  ${account}  request ${request.id}`;
}

function queryLines(query: TracedQuery, secrets: readonly string[]): string[] {
  const sql = query.sql.replaceAll(/\s+/g, ' ').trim();
  const lines = [`  ${paint('blue', `${query.ms.toFixed(1).padStart(6)} ms`)}  ${sql}`];
  const parameters = query.parameters.map((value, index) => `$${index + 1} ${shownParameter(value, secrets)}`);
  if (parameters.length > 0) lines.push(paint('dim', `             ${parameters.join('  ')}`));
  if (query.failure) lines.push(paint('red', `             ${withoutSecrets(query.failure, secrets)}`));
  return lines;
}

function parsed(answer: string): unknown {
  return /^[{[]/.test(answer) ? JSON.parse(answer) : undefined;
}

function hasEntries(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}

function colourOf(status: number): keyof typeof colours {
  if (status >= 500) return 'red';
  return status >= 400 ? 'yellow' : 'green';
}

function paint(colour: keyof typeof colours, text: string): string {
  return isTerminal ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
}
