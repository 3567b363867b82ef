import { problems } from '@duet/contract/problems';
import { beforeEach, describe, expect, test } from 'vitest';
import { german } from '../i18n/german.ts';
import { i18n } from '../i18n/i18n.ts';
import { describeFields, describeProblem } from './describe-problem.ts';
import { ApiProblem, type ApiProblemCode } from './problem.ts';
import type { Problem } from './schema.ts';

i18n.global.setLocaleMessage('de', german);
const codes = [...Object.keys(problems), 'offline'] as ApiProblemCode[];

describe.each(['en', 'de'])('in %s', (language) => {
  beforeEach(() => {
    i18n.global.locale.value = language;
  });

  test.each(codes)('%s has a title and a way out', (code) => {
    const { title, wayOut } = describeProblem(new ApiProblem({ code }));
    expect(title).not.toMatch(/^problem\./);
    expect(wayOut).not.toMatch(/^problem\.|[{}|]/);
    expect(title.length * wayOut.length).toBeGreaterThan(0);
  });
});

test('too many attempts says how many minutes to wait', () => {
  i18n.global.locale.value = 'en';
  const problem = new ApiProblem({ code: 'too-many-attempts', status: 429, retryAfterSeconds: 421 });
  expect(describeProblem(problem).wayOut).toContain('8 minutes');
  expect(describeProblem(new ApiProblem({ code: 'too-many-attempts', retryAfterSeconds: 20 })).wayOut).toContain(
    'a minute',
  );
});

test('a fault of this client is told like one of the service', () => {
  expect(describeProblem(new TypeError('x is undefined')).title).toBe(
    describeProblem(new ApiProblem({ code: 'internal-error' })).title,
  );
});

test('what a validation refused stands by its property', () => {
  const errors = [
    { in: 'body', pointer: '/email', rule: 'pattern', message: '' },
    { in: 'body', pointer: '/displayName', rule: 'pattern', message: '' },
    { in: 'query', pointer: '/limit', rule: 'maximum', message: '' },
  ];
  const problem = { code: 'validation-failed', requestId: '1', errors } as unknown as Problem;
  const refusal = new ApiProblem({ code: 'validation-failed', status: 400, problem });
  expect(describeFields(refusal, { email: 'ada', displayName: '' })).toEqual({
    email: 'This does not have the right form.',
    displayName: 'This is needed.',
  });
});
