import { problems, type ProblemCode } from '@duet/contract/problems';
import { serialise } from './serialisers.ts';

export type FieldError = { in: 'body' | 'query' | 'path' | 'header'; pointer: string; rule: string; message: string };

const named = 100;

/** Why a request is refused: a code of the catalogue, and what a person is told. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly headers: readonly string[];
  readonly errors: FieldError[];
  /** Of too-early alone. */
  readonly opensAt: string | undefined;

  constructor(code: ProblemCode, detail: string, more: Partial<Pick<Problem, 'headers' | 'errors' | 'opensAt'>> = {}) {
    super(detail);
    this.code = code;
    this.headers = more.headers ?? [];
    this.errors = more.errors ?? [];
    this.opensAt = more.opensAt;
  }

  get status(): number {
    return problems[this.code].status;
  }
}

export const invalid = (errors: FieldError[]): Problem =>
  new Problem('validation-failed', 'The request does not fit its schema. Correct the places named in errors.', {
    errors,
  });

export const notFound = (): Problem =>
  new Problem('not-found', 'There is nothing here for you. Check the address and the id in it.');

export const unauthenticated = (): Problem =>
  new Problem('unauthenticated', 'There is no valid session. Log in and send its token.', {
    headers: ['WWW-Authenticate', 'Bearer'],
  });

export const unavailable = (): Problem =>
  new Problem('service-unavailable', 'Not available at the moment. Try again shortly.', {
    headers: ['Retry-After', '2'],
  });

/** The problem's text; its code alone decides type, title and status. */
export function problemText({ code, message, errors, opensAt }: Problem, requestId: string): string {
  const { status, title } = problems[code];
  const plain = { type: `/problems/${code}`, title, status, detail: message, code, requestId };
  if (code !== 'validation-failed') return JSON.stringify(opensAt === undefined ? plain : { ...plain, opensAt });
  const [told, errorsOmitted] = [errors.slice(0, named), Math.max(0, errors.length - named)];
  return serialise.validationProblem({
    ...plain,
    type: '/problems/validation-failed',
    status: 400,
    code,
    errors: told,
    errorsOmitted,
  });
}
