import { AsyncLocalStorage } from 'node:async_hooks';

/** One query of a request, as soon as it is over. */
export interface TracedQuery {
  /** Of a prepared statement; what the ORM makes has none. */
  readonly name: string | undefined;
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly milliseconds: number;
  readonly failure: Error | undefined;
}

type QueryListener = (query: TracedQuery) => void;

/** Who is told of the queries of the request at hand; nothing is measured where no request has asked for it. */
const listeners = new AsyncLocalStorage<readonly QueryListener[]>();

/** Does the work of a request, and tells the listener of each of its queries, beside those that listen already. */
export function listenToQueries(listener: QueryListener, work: () => void): void {
  listeners.run([...(listeners.getStore() ?? []), listener], work);
}

/** Does work that is no part of the request it begins in. */
export function unheard(work: () => void): void {
  listeners.exit(work);
}

export function isListenedTo(): boolean {
  return listeners.getStore() !== undefined;
}

export function traceQuery(query: TracedQuery): void {
  for (const tell of listeners.getStore() ?? []) tell(query);
}
