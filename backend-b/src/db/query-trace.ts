import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs a query of pg, whose arguments it is told, and may note what it was. */
export type Watch = (call: readonly unknown[], run: () => unknown) => unknown;

export interface TracedQuery {
  sql: string;
  parameters: readonly unknown[];
  ms: number;
  failure: string | undefined;
}

/** Gathers the queries of whoever is running, in the order they were answered. */
export const queryTrace = new AsyncLocalStorage<TracedQuery[]>();

/** Runs a query of pg and notes what it was and how long it took. */
export function traced(call: readonly unknown[], run: () => unknown): unknown {
  const queries = queryTrace.getStore();
  const startedAt = performance.now();
  const answer = run();
  if (!queries || !(answer instanceof Promise)) return answer;
  const note = (failure?: string): void => {
    queries.push({ ...partsOf(call), ms: performance.now() - startedAt, failure });
  };
  return answer.then(
    (result: unknown) => {
      note();
      return result;
    },
    (error: unknown) => {
      note(error instanceof Error ? error.message : String(error));
      throw error;
    },
  );
}

/** The statement and its parameters in a call of pg's. */
export function partsOf([query, values]: readonly unknown[]): { sql: string; parameters: readonly unknown[] } {
  if (typeof query === 'string') return { sql: query, parameters: Array.isArray(values) ? values : [] };
  const { text, values: own } = query as { text: string; values?: unknown[] };
  return { sql: text, parameters: own ?? [] };
}
