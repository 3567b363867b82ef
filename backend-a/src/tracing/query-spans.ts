import { SpanKind, SpanStatusCode, trace, type Context, type Tracer } from '@opentelemetry/api';
import type { TracedQuery } from '../db/query-trace.ts';
import { errorTypeOf } from './error-type.ts';

/**
 * Makes a span of each query of a request, once it is over: with its statement, but never with its parameters, nor with the
 * message of its failure, which may repeat them. A query that outlives its request has none.
 *
 * @param timeAt milliseconds since 1970 of a moment on the monotonic clock
 */
export function spanQueries(
  tracer: Tracer,
  request: Context,
  timeAt: (moment: number) => number,
): (query: TracedQuery) => void {
  return ({ name, text, milliseconds, failure }) => {
    if (trace.getSpan(request)?.isRecording() !== true) return;
    const endedAt = performance.now();
    const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
    const span = tracer.startSpan(
      name ?? operation,
      {
        kind: SpanKind.CLIENT,
        startTime: timeAt(endedAt - milliseconds),
        attributes: {
          'db.system.name': 'postgresql',
          'db.operation.name': operation,
          'db.query.text': text,
          ...(name !== undefined && { 'db.query.summary': name }),
        },
      },
      request,
    );
    if (failure) {
      span.setAttribute('error.type', errorTypeOf(failure));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(timeAt(endedAt));
  };
}
