import type { Answer, Asked } from './proxy.ts';

export const pathOf = ({ path }: Asked): string => path.split('?')[0] ?? '';

/** A problem in place of another answer, under the same request id. */
export function asProblem(
  answer: Answer,
  problem: { code: string; title: string; status: number; detail: string },
): Answer {
  const requestId = String(answer.headers['x-request-id'] ?? 'none');
  const body = JSON.stringify({ type: `/problems/${problem.code}`, ...problem, requestId });
  return {
    status: problem.status,
    headers: { ...answer.headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body,
  };
}

export const internalError = {
  code: 'internal-error',
  title: 'Something went wrong',
  status: 500,
  detail: 'The server failed unexpectedly; try again.',
};

export const unavailable = {
  code: 'service-unavailable',
  title: 'Not available at the moment',
  status: 503,
  detail: 'The server cannot work at the moment; try again.',
};

export const healthy = (answer: Answer): Answer => ({
  status: 200,
  headers: { ...answer.headers, 'content-type': 'application/json' },
  body: '{"status":"ok"}',
});

export function withMember(answer: Answer, change: (value: Record<string, unknown>) => object): Answer {
  return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, unknown>)) };
}
