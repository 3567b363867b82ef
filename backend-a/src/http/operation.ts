import type { operations } from '@duet/contract/types';
import type { Request, RequestHandler, Response } from 'express';
import { validationFailed, type Place } from '../problem.ts';
import { authenticate, type Caller, type FindCaller } from './authenticate.ts';
import type { Clock } from './clock.ts';
import type { Contract, Operation, OperationId } from './contract.ts';
import { readQuery } from './query-string.ts';
import { readFormBody, readJsonBody } from './read-body.ts';
import { answerCheck } from './response-check.ts';
import type { Compile } from './schemas.ts';
import { requestCheck, type Check, type RequestParts } from './validate.ts';

type Empty = Readonly<Record<never, never>>;
type Path<Id extends OperationId> = operations[Id]['parameters'] extends { path: infer P } ? P : Empty;
type Query<Id extends OperationId> = operations[Id]['parameters'] extends { query?: infer Q } ? NonNullable<Q> : Empty;
type Body<Id extends OperationId> = operations[Id] extends { requestBody: { content: { 'application/json': infer B } } }
  ? B
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer B } } }
    ? B | undefined
    : undefined;

/** A request of one operation, read and valid by the contract's schemas; path ids are in lower case. */
export interface OpenCall<Id extends OperationId> {
  readonly now: Date;
  readonly path: Path<Id>;
  readonly query: Query<Id>;
  readonly body: Body<Id>;
}

export interface Call<Id extends OperationId> extends OpenCall<Id> {
  readonly caller: Caller;
}

/** What the schemas cannot say of a request, because it depends on who sends it. It may be invalid otherwise. */
export type AlsoCheck = (parts: RequestParts, caller: Caller) => readonly Place[];

type Handle<C> = (call: C, response: Response, request: Request) => Promise<void> | void;

/** Makes the handlers of operations; knows which ones there are. */
export interface Operations {
  /** The handler of an operation that needs a session. */
  operation<Id extends OperationId>(id: Id, handle: Handle<Call<Id>>, alsoCheck?: AlsoCheck): RequestHandler;
  /** The handler of an open operation. */
  open<Id extends OperationId>(
    id: Id,
    handle: Handle<OpenCall<Id>>,
    alsoCheck?: (parts: RequestParts) => readonly Place[],
  ): RequestHandler;
  /** The handler of an operation that only one who can sign its form may call; `verify` refuses all others. */
  signed(id: OperationId, verify: (form: Form, request: Request) => void, handle: Handle<SignedCall>): RequestHandler;
  readonly served: readonly Operation[];
}

/** A form's fields, in their order. */
export type Form = readonly (readonly [name: string, value: string])[];

export interface SignedCall {
  readonly now: Date;
  readonly form: Form;
}

interface Means {
  readonly contract: Contract;
  readonly compile: Compile;
  readonly clock: Clock;
  readonly findCaller: FindCaller;
  readonly checksAnswers: boolean;
}

/**
 * The way every request goes: session, body, validation, then the operation's own handler. Unknown paths and methods never
 * come here.
 *
 * @rule http/order-of-checks
 */
export function operationsOf(means: Means): Operations {
  const served: Operation[] = [];
  const prepare = (id: OperationId, isOpen: boolean) => {
    const prepared = prepareOperation(id, isOpen, means);
    served.push(prepared.operation);
    return prepared;
  };

  return {
    served,
    operation(id, handle, alsoCheck = () => []) {
      const { begin, read } = prepare(id, false);
      return async (request, response) => {
        const clocked = begin(request, response);
        const caller = await authenticate(request, means.findCaller, clocked.now);
        response.locals.accountId = caller.accountId;
        const { parts, places } = await read(request, response);
        refuseInvalid([...clocked.places, ...places, ...alsoCheck(parts, caller)]);
        await handle({ ...callOf(parts), now: clocked.now, caller }, response, request);
      };
    },
    open(id, handle, alsoCheck = () => []) {
      const { begin, read } = prepare(id, true);
      return async (request, response) => {
        const clocked = begin(request, response);
        const { parts, places } = await read(request, response);
        refuseInvalid([...clocked.places, ...places, ...alsoCheck(parts)]);
        await handle({ ...callOf(parts), now: clocked.now }, response, request);
      };
    },
    signed(id, verify, handle) {
      const { begin } = prepare(id, false);
      return async (request, response) => {
        const clocked = begin(request, response);
        const form = await readFormBody(request);
        response.locals.parts = { path: {}, query: {}, headers: {}, body: Object.fromEntries(form) };
        verify(form, request);
        refuseInvalid(clocked.places);
        await handle({ form, now: clocked.now }, response, request);
      };
    },
  };
}

function prepareOperation(id: OperationId, isOpen: boolean, { contract, compile, clock, checksAnswers }: Means) {
  const operation = contract.operations.get(id);
  if (!operation) throw new Error(`The contract has no operation ${id}`);
  if (operation.isOpen !== isOpen) throw new Error(`The contract says otherwise about who may call ${id}`);
  // Compiled at its first request: a process that lives shortly is asked for few operations.
  let check: Check | undefined;
  const checkAnswer = checksAnswers ? answerCheck(operation, compile) : undefined;
  const headerNames = operation.parameters.flatMap((each) => (each.in === 'header' ? [each.name.toLowerCase()] : []));
  const begin = (request: Request, response: Response) => {
    response.locals.route = operation.path;
    response.locals.checkAnswer = checkAnswer;
    return clock(request);
  };
  const read = async (request: Request, response: Response) => {
    const body = operation.body ? await readJsonBody(request, operation.body.isRequired) : undefined;
    const query = readQuery(request.url, operation.parameters);
    const parts: RequestParts = {
      path: request.params,
      query: query.values,
      headers: headersOf(request, headerNames),
      body,
    };
    response.locals.parts = parts;
    check ??= requestCheck(operation, compile);
    return { parts, places: [...query.places, ...check(parts)] };
  };
  return { operation, begin, read };
}

function refuseInvalid(places: readonly Place[]): void {
  if (places.length > 0) throw validationFailed(places);
}

/** The schemas have proved the parts to be what the contract's types say. */
function callOf<Id extends OperationId>({ path, query, body }: RequestParts): Omit<OpenCall<Id>, 'now'> {
  const lowerCased = Object.fromEntries(Object.entries(path).map(([name, id]) => [name, String(id).toLowerCase()]));
  return { path: lowerCased as Path<Id>, query: query as Query<Id>, body: body as Body<Id> };
}

function headersOf(request: Request, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (name in request.headers ? [[name, request.headers[name]]] : [])));
}
