import { ApiProblem } from './problem.ts';
import { i18n } from '../i18n/i18n.ts';

export type Described = { title: string; wayOut: string; requestId: string | null };

/** What went wrong and what to do about it, in the reader's language. Anything that is no ApiProblem is a fault of ours. */
export function describeProblem(error: unknown): Described {
  const { t } = i18n.global;
  const problem = error instanceof ApiProblem ? error : new ApiProblem({ code: 'internal-error' }, { cause: error });
  const minutes = Math.ceil((problem.retryAfterSeconds ?? 60) / 60);
  const at = problem.opensAt === null ? '' : clockTime(problem.opensAt);
  return {
    title: t(`problem.${problem.code}.title`),
    wayOut: t(`problem.${problem.code}.way`, { minutes, at }, minutes),
    requestId: problem.requestId,
  };
}

/**
 * What a validation refused in the body, by property: `{ email: 'This is no email address' }`. Of a field that was left
 * empty it says so, whichever rule noticed it.
 */
export function describeFields(error: unknown, sent: Record<string, unknown> = {}): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  const inBody = error.errors.filter((place) => place.in === 'body');
  return Object.fromEntries(
    inBody.map((place) => {
      const property = place.pointer.slice(1).split('/')[0] ?? '';
      return [property, describeField(sent[property] === '' ? 'required' : place.rule)];
    }),
  );
}

const knownRules = ['required', 'minLength', 'maxLength', 'pattern', 'enum', 'format'];

function describeField(rule: string): string {
  return i18n.global.t(`problem.field.${knownRules.includes(rule) ? rule : 'other'}`);
}

function clockTime(instant: string): string {
  return new Intl.DateTimeFormat(i18n.global.locale.value, { timeStyle: 'short' }).format(new Date(instant));
}
