import type { operations as Operations } from '@duet/contract/types';
import type { ReceivedResponse } from './exchange.ts';

export type OperationId = keyof Operations;

type Success<Responses> = Responses extends { 200: infer Ok; 201: infer Created }
  ? Ok | Created
  : Responses extends { 201: infer Created }
    ? Created
    : Responses extends { 200: infer Ok }
      ? Ok
      : never;

/** The body of an operation's success. */
export type SuccessBody<Id extends OperationId> =
  Success<Operations[Id]['responses']> extends { content: { 'application/json': infer Body } } ? Body : undefined;

export type ErrorPlace = { in: 'body' | 'query' | 'path' | 'header'; pointer: string; rule: string; message: string };

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors: ErrorPlace[];
  errorsOmitted: number;
  opensAt: string;
};

/** One answer of the target, already judged. */
export type Answer<Body = unknown> = {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  bytes: Uint8Array;
  text: string;
  /** The parsed body of a success; `problem` is that of an error. */
  body: Body;
  problem: Problem;
  ms: number;
};

export function toAnswer<Body>(response: ReceivedResponse, ms: number): Answer<Body> {
  const text = new TextDecoder().decode(response.body);
  const parsed: unknown = isJson(response.headers['content-type']) ? parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    bytes: response.body,
    text,
    body: parsed as Body,
    problem: parsed as Problem,
    ms,
  };
}

function isJson(type: string | undefined): boolean {
  return /^application\/(problem\+)?json\b/.test(type ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
