import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration } from '../configuration.ts';
import type { Database } from '../database.ts';
import type { EventHub } from '../events/hub.ts';
import type { FieldError } from '../problem.ts';
import type { Values } from './parameters.ts';
import type { Reply } from './reply.ts';
import type { Operation } from './routes.ts';

/** What all requests share. */
export type Floor = { database: Database; configuration: Configuration; hub: EventHub; isDraining: boolean };

export type Caller = { accountId: string; role: string };

/** One request on its way through the server. */
export class Visit {
  readonly floor: Floor;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly startedAt: number;
  route: string | null = null;
  operation: Operation | undefined = undefined;
  /** The part of the path that is an id, as it was sent. */
  id = '';
  query = '';
  now = 0;
  /** SHA-256 of the session's token; nothing on open operations. */
  tokenHash: Buffer = noToken;
  values: Values = noValues;
  body: unknown = undefined;
  accountId: string | null = null;

  constructor(floor: Floor, request: IncomingMessage, response: ServerResponse, requestId: string) {
    this.floor = floor;
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    this.startedAt = performance.now();
  }

  /** A value that validation has made sure of. */
  text(name: string): string {
    return this.values[name] as string;
  }

  optionalText(name: string): string | undefined {
    return this.values[name] as string | undefined;
  }
}

const noToken = Buffer.alloc(0);
const noValues: Values = {};

const bearer = /^Bearer +([\w.~+/-]+=*)$/i;

/** The hash of the token in the one form there is; undefined when there is none. */
export function tokenHashOf(authorization: string | undefined): Buffer | undefined {
  const token = bearer.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : hashOf(token);
}

export const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer');

export type Handler = (visit: Visit) => Promise<Reply> | Reply;

/** What only the caller's account decides about a request; asked when the request is to be refused as invalid. */
export type CallerCheck = (visit: Visit, caller: Caller) => FieldError[];
