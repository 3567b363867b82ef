import { userOf } from './rest/authentication.ts';
import type { RestRequest } from './rest/request.ts';

/** A request to the REST API as it came, and what became of it. `status` is null while, or if, it got no answer. */
export type LoggedRequest = {
  id: number;
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  form: Record<string, string>;
  /** The user name it came with: the API key's sid; never the secret. */
  user: string | null;
  status: number | null;
  fault: string | null;
};

const kept = 10_000;

/** The requests to the REST API, the oldest first; the last 10,000. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #lastId = 0;

  add(request: RestRequest, at: number): LoggedRequest {
    this.#lastId += 1;
    const logged: LoggedRequest = {
      id: this.#lastId,
      at: new Date(at).toISOString(),
      method: request.method,
      path: request.path,
      query: Object.fromEntries(request.query),
      form: Object.fromEntries(request.form),
      user: userOf(request.authorization),
      status: null,
      fault: null,
    };
    this.#requests.push(logged);
    if (this.#requests.length > kept) this.#requests.shift();
    return logged;
  }

  /** Those with a higher id. */
  after(id: number): LoggedRequest[] {
    return this.#requests.filter((request) => request.id > id);
  }

  forget(): void {
    this.#requests = [];
  }
}
