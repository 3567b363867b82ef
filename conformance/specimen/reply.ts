import type { Writable } from 'node:stream';
import { problems, type ProblemCode } from '@duet/contract/problems';

/** An answer before it is written: header names in lower case. A stream goes on after it. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string;
  stream?: (response: Writable) => void;
};

/** Thrown to answer with a problem. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly members: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, extra: { members?: object; headers?: Record<string, string> } = {}) {
    super(detail);
    this.code = code;
    this.members = { ...extra.members };
    this.headers = extra.headers ?? {};
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function noContent(headers: Record<string, string> = {}): Reply {
  return { status: 204, headers, body: '' };
}

export function problemReply(refusal: Refusal, requestId: string): Reply {
  const { status, title } = problems[refusal.code];
  const value = {
    type: `/problems/${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId,
    ...refusal.members,
  };
  return json(status, value, { 'content-type': 'application/problem+json', ...refusal.headers });
}
