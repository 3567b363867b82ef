import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseObject } from '../json.ts';
import { readRequest } from '../rest/request.ts';
import { commands, type CommandName } from './commands.ts';
import type { TwilioControl } from './control.ts';

/** Where the control is reached over HTTP: POST /_control/<command> with a JSON object, or none. */
export const controlPrefix = '/_control/';

/** Answers a control request: 200 with the command's result, 400 with {message}, 404 for an unknown command. */
export async function handleControl(
  control: TwilioControl,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await answerOf(control, message);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function answerOf(control: TwilioControl, message: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const request = await readRequest(message);
  const name = (Object.keys(commands) as CommandName[]).find((known) => request.path === controlPrefix + known);
  if (!name || request.method !== 'POST')
    return { status: 404, body: { message: `POST ${controlPrefix}<one of ${Object.keys(commands).join(', ')}>` } };
  const options = request.body === '' ? {} : parseObject(request.body);
  if (!options) return { status: 400, body: { message: 'the body is no JSON object' } };
  try {
    return { status: 200, body: (await commands[name](control, options)) ?? null };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
