import type { operations as Documented } from '@duet/contract/types';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { readJson } from './body.ts';
import { type Fault, faultsOf, type Operation, type OperationId, operationCalled } from './contract.ts';
import { invalid } from './problem.ts';
import { sessionOf } from './sessions.ts';
import type { Env, Session, World } from './world.ts';

/** What a handler is given of its request: decoded and checked against the contract. */
export type Input<Id extends OperationId> = {
  path: NonNullable<Documented[Id]['parameters']['path']>;
  query: NonNullable<Documented[Id]['parameters']['query']>;
  body: Documented[Id] extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : undefined;
};

/** `session` is there for all operations that are not open. */
export type Received<Id extends OperationId> = Env & { Variables: { input: Input<Id>; session: Session } };

/** What an operation has against a request that no schema can say. Called before the schemas, of what they may refuse. */
export type Complain = (request: { query: Record<string, unknown>; body?: unknown }, session: Session) => Fault[];

export type Receive = ReturnType<typeof createReceive>;

/** Makes the middleware that does what comes before every handler, in the contract's order of checks. */
export function createReceive(world: World) {
  return <Id extends OperationId>(id: Id, complain: Complain = () => []) => {
    const operation = operationCalled(id);
    return createMiddleware<Received<Id>>(async (c, next) => {
      if (!operation.isOpen) c.set('session', sessionOf(world, c.req.header('Authorization'), Date.now()));
      const body = operation.body && (await readJson(c.env.incoming, operation.body));
      const { query, repeated } = queryOf(c.env.incoming.url ?? '', operation);
      const request = {
        path: c.req.param(),
        query,
        header: headersOf(c, operation),
        ...(body !== undefined && { body }),
      };
      const complaints = complain(request, c.get('session'));
      const faults = [...repeated, ...complaints, ...faultsOf(operation, request)];
      if (faults.length > 0) throw invalid(faults);
      c.set('input', request as unknown as Input<Id>);
      await next();
    });
  };
}

/** Integers become numbers when they are spelled in digits; what cannot be decoded becomes null, which fits nothing. */
function queryOf(url: string, { parameters }: Operation): { query: Record<string, unknown>; repeated: Fault[] } {
  const documented = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]));
  const search = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  const pairs = search.split('&').filter((pair) => pair !== '').map(decodedPair); // prettier-ignore
  const names = pairs.map(([name]) => name);
  const repeated = [...documented.keys()].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const query = Object.fromEntries(
    pairs.map(([name, value]) => {
      const isNumber = documented.get(name)?.schema.type === 'integer' && /^\d+$/.test(value ?? '');
      return [name, isNumber ? Number(value) : value];
    }),
  );
  return { query, repeated: repeated.map(fault) };

  function fault(name: string): Fault {
    return { in: 'query', pointer: `/${name}`, rule: 'repeated', message: 'is given more than once' };
  }
}

function decodedPair(pair: string): [name: string, value: string | null] {
  const at = pair.indexOf('=');
  const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  return [decoded(name) ?? name, decoded(value)];
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function headersOf(c: Context, { parameters }: Operation): Record<string, string> {
  const sent = parameters.filter((one) => one.in === 'header').map(({ name }) => [name, c.req.header(name)]);
  return Object.fromEntries(sent.filter(([, value]) => value !== undefined));
}
