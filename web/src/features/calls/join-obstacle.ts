import type { ApiProblem } from '../../api/problem.ts';
import type { EndReason } from './call-flow.ts';

/** What stands between 'Join' and the call. With `retryAt` (ms, this browser's clock) it is tried again by itself. */
export type Obstacle =
  | { kind: 'too-early'; retryAt: number }
  | { kind: 'video-unavailable'; retryAt: number; requestId: string | null }
  | { kind: 'service-unavailable'; retryAt: number; requestId: string | null }
  | { kind: 'offline'; retryAt: number }
  | { kind: 'other-tab' }
  | { kind: 'problem'; problem: ApiProblem };

export type JoinOutcome = { ended: EndReason } | { obstacle: Obstacle };

type Timing = { now: number; serverOffset: number; attempt: number };

const firstBackOff = 2_000;
const longestBackOff = 30_000;

export function judgeJoinProblem(problem: ApiProblem, timing: Timing): JoinOutcome {
  const { requestId } = problem;
  switch (problem.code) {
    case 'call-over':
      return { ended: 'ended' };
    case 'appointment-cancelled':
      return { ended: 'cancelled' };
    case 'too-early':
      return { obstacle: { kind: 'too-early', retryAt: opensAt(problem, timing) } };
    case 'video-unavailable':
    case 'service-unavailable':
      return { obstacle: { kind: problem.code, retryAt: timing.now + delay(problem, timing), requestId } };
    case 'offline':
      return { obstacle: { kind: 'offline', retryAt: timing.now + backOff(timing.attempt) } };
    default:
      return { obstacle: { kind: 'problem', problem } };
  }
}

/** Never at once: a clock that is ahead would ask in a loop. */
function opensAt(problem: ApiProblem, { now, serverOffset, attempt }: Timing): number {
  if (problem.opensAt === null) return now + backOff(attempt);
  return Math.max(Date.parse(problem.opensAt) - serverOffset + 100, now + 1_000);
}

function delay({ retryAfterSeconds }: ApiProblem, { attempt }: Timing): number {
  return retryAfterSeconds === null ? backOff(attempt) : retryAfterSeconds * 1_000;
}

const backOff = (attempt: number) => Math.min(firstBackOff * 2 ** (attempt - 1), longestBackOff);
