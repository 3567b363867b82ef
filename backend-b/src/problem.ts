import type { ProblemCode } from '@duet/contract/problems';

export type { ProblemCode };

export interface ValidationError {
  in: 'body' | 'query' | 'path' | 'header';
  /** RFC 6901: the offending place itself, also when it is missing or unknown. */
  pointer: string;
  /** A JSON Schema keyword, `unknown` or `repeated`. */
  rule: string;
  message: string;
}

export interface ProblemFacts {
  /** How long to wait before the next attempt. */
  retryAfterSeconds?: number;
  /** too-early: when the call opens. */
  opensAt?: Date;
  /** validation-failed: every offending place. */
  errors?: readonly ValidationError[];
  cause?: unknown;
}

/** A refusal that the contract's catalogue knows. `detail` tells a person the cause and the way out. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, detail: string, facts: ProblemFacts = {}) {
    super(detail, { cause: facts.cause });
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
}

export function notFound(what: string): Problem {
  return new Problem('not-found', `There is no such ${what} for you; check the id.`);
}
