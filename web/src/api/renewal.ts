type Waiting = { promise: Promise<string | null>; resolve(token: string | null): void };

/** Requests that were refused wait here until somebody has logged in again, or has given up. */
export class Renewals {
  readonly #waiting = new Map<string, Waiting>();

  /** The new token; null when the person does not log in again. */
  wait(backendId: string): Promise<string | null> {
    const known = this.#waiting.get(backendId);
    if (known) return known.promise;
    const waiting = Promise.withResolvers<string | null>();
    this.#waiting.set(backendId, waiting);
    return waiting.promise;
  }

  settle(backendId: string, token: string | null): void {
    this.#waiting.get(backendId)?.resolve(token);
    this.#waiting.delete(backendId);
  }
}
