import { describe, expect, it } from 'vitest';
import { ApiProblem, type ApiProblemCode } from '../../api/problem.ts';
import type { Problem } from '../../api/schema.ts';
import { judgeJoinProblem } from './join-obstacle.ts';

const now = Date.parse('2026-03-02T09:00:00.000Z');
const facts = { type: '/problems/x', title: '', status: 409, detail: '', requestId: 'r-1' };
const timing = { now, serverOffset: 0, attempt: 1 };

const problem = (code: ApiProblemCode, retryAfterSeconds: number | null = null) =>
  new ApiProblem({ code, problem: { ...facts, code } as Problem, retryAfterSeconds });
const tooEarly = (opensAt: string) =>
  new ApiProblem({ code: 'too-early', problem: { ...facts, code: 'too-early', opensAt } as Problem });

describe('a refused join', () => {
  it('ends the page when the call is over or cancelled', () => {
    expect(judgeJoinProblem(problem('call-over'), timing)).toEqual({ ended: 'ended' });
    expect(judgeJoinProblem(problem('appointment-cancelled'), timing)).toEqual({ ended: 'cancelled' });
  });

  it('is tried again when the call opens, by the server clock', () => {
    const early = tooEarly('2026-03-02T09:20:00.000Z');
    expect(judgeJoinProblem(early, { ...timing, serverOffset: 60_000 })).toEqual({
      obstacle: { kind: 'too-early', retryAt: now + 19 * 60_000 + 100 },
    });
  });

  it('is not tried in a loop by a clock that is ahead', () => {
    const early = tooEarly('2026-03-02T08:59:00.000Z');
    expect(judgeJoinProblem(early, timing)).toEqual({ obstacle: { kind: 'too-early', retryAt: now + 1_000 } });
  });

  it('waits as long as Retry-After says', () => {
    const away = problem('video-unavailable', 7);
    expect(judgeJoinProblem(away, timing)).toEqual({
      obstacle: { kind: 'video-unavailable', retryAt: now + 7_000, requestId: 'r-1' },
    });
  });

  it('is tried ever more rarely while offline, and at least twice a minute', () => {
    const waits = [1, 2, 3, 9].map((attempt) => {
      const outcome = judgeJoinProblem(problem('offline'), { ...timing, attempt });
      return 'obstacle' in outcome && 'retryAt' in outcome.obstacle ? outcome.obstacle.retryAt - now : null;
    });
    expect(waits).toEqual([2_000, 4_000, 8_000, 30_000]);
  });

  it('is shown as it is when nothing else is known of it', () => {
    const unknown = problem('internal-error');
    expect(judgeJoinProblem(unknown, timing)).toEqual({ obstacle: { kind: 'problem', problem: unknown } });
    expect(unknown.requestId).toBe('r-1');
  });
});
