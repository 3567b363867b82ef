import type { Operation } from './contract.ts';

export type Route = { segments: string[]; operations: Operation[] };
/** What a path leads to; the parameters as they stand in the path, not decoded. */
export type Found = { operations: Operation[]; parameters: Record<string, string> };

export function createRoutes(operations: Operation[]): Route[] {
  const templates = [...new Set(operations.map(({ template }) => template))];
  return templates.map((template) => ({
    segments: template.split('/'),
    operations: operations.filter((operation) => operation.template === template),
  }));
}

export function findRoute(routes: Route[], path: string): Found | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    const parameters = match(route.segments, segments);
    if (parameters) return { operations: route.operations, parameters };
  }
  return undefined;
}

function match(template: string[], segments: string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== actual) return undefined;
    } else if (actual === '') {
      return undefined;
    } else {
      parameters[expected.slice(1, -1)] = actual;
    }
  }
  return parameters;
}
