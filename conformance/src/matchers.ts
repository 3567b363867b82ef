import { expect } from 'vitest';
import type { Answer } from './driver/answer.ts';

expect.extend({
  /** The answer is this problem: status, code and problem media type. */
  toBeProblem(answer: Answer, status: number, code: string) {
    const type = answer.headers['content-type'] ?? 'none';
    const actual = `${answer.status} ${answer.problem?.code ?? '(no problem code)'} ${type.split(';')[0]}`;
    const expected = `${status} ${code} application/problem+json`;
    const pass = actual === expected;
    return {
      pass,
      expected,
      actual,
      message: () =>
        `expected the answer ${pass ? 'not ' : ''}to be ${expected}, but it is ${actual}: ${answer.text?.slice(0, 400)}`,
    };
  },
});

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toBeProblem(status: number, code: string): R;
  }
}
