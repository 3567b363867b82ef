import { AsyncLocalStorage } from 'node:async_hooks';

/** One query of a request, for LOG=dev. */
export interface TracedQuery {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly milliseconds: number;
  readonly failure: string | undefined;
}

/** The queries of the request at hand; nothing is collected where no request has opened it. */
export const queryTrace = new AsyncLocalStorage<TracedQuery[]>();

export function traceQuery(query: TracedQuery): void {
  queryTrace.getStore()?.push(query);
}
