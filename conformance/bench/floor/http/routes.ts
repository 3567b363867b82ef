import { documentedOperations, type Method } from '../contract.ts';
import { type ParameterPlan, planOf } from './parameters.ts';
import { type Validator, validatorOf } from './validation.ts';
import type { CallerCheck, Handler } from './visit.ts';

export type Operation = {
  operationId: string;
  isOpen: boolean;
  plan: ParameterPlan;
  body: { validate: Validator; isRequired: boolean } | undefined;
  handle: Handler;
  check: CallerCheck | undefined;
};

/** A documented path and what it answers. */
export type Route = {
  template: string;
  operations: ReadonlyMap<string, Operation>;
  /** The methods that a browser may use, and those that Allow names. */
  methods: string;
  allow: string;
};

export type Served = { handle: Handler; check?: CallerCheck };

export type Router = { fixed: ReadonlyMap<string, Route>; withId: ReadonlyMap<string, ReadonlyMap<string, Route>> };

/** The paths of the operations that are served. One with an id is found by what stands before and after it. */
export function createRouter(served: ReadonlyMap<string, Served>): Router {
  const fixed = new Map<string, Route>();
  const withId = new Map<string, Map<string, Route>>();
  for (const [template, operations] of byTemplate(served)) {
    const [before = '', after] = template.split(/\{\w+\}/);
    if (after === undefined) fixed.set(template, routeOf(template, operations));
    else withId.set(before, (withId.get(before) ?? new Map()).set(after, routeOf(template, operations)));
  }
  return { fixed, withId };
}

function byTemplate(served: ReadonlyMap<string, Served>): Map<string, Map<string, Operation>> {
  const templates = new Map<string, Map<string, Operation>>();
  for (const { operationId, method, template, isOpen, parameters, body } of documentedOperations) {
    const { handle, check } = served.get(operationId) ?? {};
    if (!handle) continue;
    const operations = templates.get(template) ?? new Map<string, Operation>();
    operations.set(method, {
      operationId,
      isOpen,
      plan: planOf(parameters),
      body: body && { validate: validatorOf(body.schema), isRequired: body.isRequired },
      handle,
      check,
    });
    templates.set(template, operations);
  }
  return templates;
}

const order: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function routeOf(template: string, operations: Map<string, Operation>): Route {
  const methods = order.filter((method) => operations.has(method)).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])); // prettier-ignore
  const get = operations.get('GET');
  if (get) operations.set('HEAD', get);
  return { template, operations, methods: methods.join(', '), allow: [...methods, 'OPTIONS'].join(', ') };
}

export type Found = { route: Route; id: string };

const prefixes = ['/v1/appointments/', '/v1/doctors/'] as const;

export function findRoute({ fixed, withId }: Router, path: string): Found | undefined {
  const route = fixed.get(path);
  if (route) return { route, id: '' };
  const prefix = prefixes.find((one) => path.startsWith(one));
  if (prefix === undefined) return undefined;
  const slash = path.indexOf('/', prefix.length);
  const end = slash === -1 ? path.length : slash;
  const found = end === prefix.length ? undefined : withId.get(prefix)?.get(path.slice(end));
  return found && { route: found, id: path.slice(prefix.length, end) };
}
