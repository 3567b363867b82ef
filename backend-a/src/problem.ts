import type { ProblemCode } from '@duet/contract/problems';

export type { ProblemCode };

/** One offending place of a request. */
export interface Place {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** RFC 6901. */
  readonly pointer: string;
  /** A JSON Schema keyword, `unknown` or `repeated`. */
  readonly rule: string;
  readonly message: string;
}

interface ProblemDetails {
  /** How long to wait before trying again; whole seconds, at least 1. */
  readonly retryAfterSeconds?: number;
  /** too-early: when the call opens. */
  readonly opensAt?: Date;
  /** validation-failed: everything that is wrong. */
  readonly places?: readonly Place[];
  readonly cause?: unknown;
}

/** A refusal the contract knows: a code of its catalogue, and a sentence that says the cause and the way out. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly retryAfterSeconds: number | undefined;
  readonly opensAt: Date | undefined;
  readonly places: readonly Place[] | undefined;

  constructor(code: ProblemCode, detail: string, details: ProblemDetails = {}) {
    super(detail, { cause: details.cause });
    this.name = 'Problem';
    this.code = code;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.opensAt = details.opensAt;
    this.places = details.places;
  }
}

/** The request breaks its schema, or a rule about its form, at these places. */
export function validationFailed(places: readonly Place[]): Problem {
  return new Problem('validation-failed', 'The request is invalid; "errors" names each place and what it must be.', {
    places,
  });
}
