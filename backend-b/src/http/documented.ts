import type { operations } from '@duet/contract/types';
import type { FastifyRequest, RouteGenericInterface } from 'fastify';
import type { ValidationError } from '../problem.ts';
import { documentedOperation, type Operation, type OperationId } from './contract.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
    /** What the schema cannot say about a request, told together with what it can. */
    refine?: Refinement;
    /** Refuses a request by its body as it came, before anything in it is looked at. */
    checkOrigin?: (request: FastifyRequest) => void;
  }
}

export type Refinement = (request: FastifyRequest) => ValidationError[];

/** The documented path that a request goes to, by whatever method; null for an unknown one. */
export function routeOf(request: FastifyRequest): string | null {
  return request.routeOptions.config?.operation?.path ?? request.otherwiseKnown;
}

type ParametersOf<O extends OperationId, Place extends string> = operations[O]['parameters'] extends {
  [key in Place]?: infer Parameters;
}
  ? NonNullable<Parameters>
  : unknown;

type BodyOf<O extends OperationId> = operations[O] extends { requestBody?: infer Body }
  ? NonNullable<Body> extends { content: { 'application/json': infer Json } }
    ? Json
    : undefined
  : undefined;

/** What a handler of an operation finds in its request once it is validated. */
export interface Documented<O extends OperationId> extends RouteGenericInterface {
  Params: ParametersOf<O, 'path'>;
  Querystring: ParametersOf<O, 'query'>;
  Body: BodyOf<O>;
}

/** The route options of an operation as the contract documents it; the handler is all that is left to add. */
export function documented(id: OperationId, refine?: Refinement) {
  const operation = documentedOperation(id);
  return {
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { operation, ...(refine && { refine }) },
  };
}
