import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { RequestFault } from '../faults/fault.ts';
import type { FaultList } from '../faults/fault-list.ts';
import type { RequestLog } from '../request-log.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { newSid } from '../sids.ts';
import { errorBody, TwilioError } from '../twilio-error.ts';
import { readRequest, type RestRequest } from './request.ts';
import type { Answer } from './rooms.ts';
import { route } from './router.ts';

export type RestParts = { account: Account; rooms: Rooms; faults: FaultList; requests: RequestLog };

/** Answers one request to Twilio's REST API, or does to it what a fault says. */
export async function handleRest(parts: RestParts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(message);
  const logged = parts.requests.add(request, parts.rooms.now());
  const fault = parts.faults.takeForRequest(request);
  logged.fault = fault?.kind ?? null;
  const answer = faultyAnswer(parts, request, fault);
  if (fault?.kind === 'slow') await wait(fault.ms);
  if (!answer) {
    message.socket.resetAndDestroy();
    return;
  }
  logged.status = answer.status;
  write(response, answer);
}

/** The answer to be sent; null: none, the connection is to be cut. */
function faultyAnswer(parts: RestParts, request: RestRequest, fault: RequestFault | null): Answer | null {
  if (!fault || fault.kind === 'slow') return honestAnswer(parts, request);
  if (fault.takesEffect) honestAnswer(parts, request);
  return fault.kind === 'reset' ? null : brokenAnswer(fault.status);
}

function honestAnswer({ account, rooms }: RestParts, request: RestRequest): Answer {
  try {
    return route({ account, rooms, request });
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}

function brokenAnswer(status: number): Answer {
  const codes = { 429: 20429, 500: 20500, 503: 20503 } as const;
  const error = new TwilioError(status === 429 || status === 503 ? codes[status] : codes[500]);
  return { status, body: errorBody({ code: error.code, message: error.message, status }) };
}

function write(response: ServerResponse, { status, body }: Answer): void {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    'Twilio-Request-Id': newSid('RQ'),
    'Access-Control-Allow-Origin': '*',
  };
  if (status === 401) headers['WWW-Authenticate'] = 'Basic realm="Twilio API"';
  response.writeHead(status, headers).end(JSON.stringify(body));
}
