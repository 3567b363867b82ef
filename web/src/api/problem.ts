import type { ProblemCode } from '@duet/contract/problems';
import type { Problem, ValidationError } from './schema.ts';

export type ApiProblemCode = ProblemCode | 'offline';
type Facts = { code: ApiProblemCode; status?: number; problem?: Problem | null; retryAfterSeconds?: number | null };

/** Why a request did not succeed: the backend's own problem, or `offline` when there was no answer. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly code: ApiProblemCode;
  /** The HTTP status; 0 without an answer. */
  readonly status: number;
  readonly problem: Problem | null;
  readonly requestId: string | null;
  /** From Retry-After. */
  readonly retryAfterSeconds: number | null;

  constructor({ code, status = 0, problem = null, retryAfterSeconds = null }: Facts, options?: ErrorOptions) {
    super(problem?.detail ?? code, options);
    this.code = code;
    this.status = status;
    this.problem = problem;
    this.requestId = problem?.requestId ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The places that a validation refused; none for other problems. */
  get errors(): readonly ValidationError[] {
    return this.problem && 'errors' in this.problem ? this.problem.errors : [];
  }

  /** When a call opens that was joined too early. */
  get opensAt(): string | null {
    return this.problem && 'opensAt' in this.problem ? this.problem.opensAt : null;
  }
}

/** The problem that an answer tells of; one that is no problem+json came from something between the client and the backend. */
export function problemOfAnswer(body: unknown, response: Response): ApiProblem {
  const retryAfterSeconds = Number(response.headers.get('Retry-After')) || null;
  const { status } = response;
  if (isProblem(body)) return new ApiProblem({ code: body.code, status, problem: body, retryAfterSeconds });
  return new ApiProblem({ code: status >= 502 ? 'service-unavailable' : 'internal-error', status, retryAfterSeconds });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'requestId' in body;
}

/** Whatever was thrown, as a problem; an ended request (AbortError) stays what it is. */
export function problemOfFailure(error: unknown): unknown {
  if (error instanceof ApiProblem || isAbort(error)) return error;
  return new ApiProblem({ code: 'offline' }, { cause: error });
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
