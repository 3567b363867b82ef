import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { RequestHandler, Response } from 'express';
import { listenToQueries } from '../db/query-trace.ts';
import { redactValue } from '../http/redact.ts';
import { quietRoutes } from '../http/request-log.ts';
import { errorTypeOf } from './error-type.ts';
import { spanQueries } from './query-spans.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']);
const traceparent = new W3CTraceContextPropagator();

/**
 * Makes a span of every request, named by method and documented path, and of its queries. It says what the log says: no
 * header but the request id, no body, no address of the caller, and of a path or a query only what the contract knows.
 *
 * @param followsCaller whether it belongs to the trace that the caller names
 */
export function spanRequests(tracer: Tracer, followsCaller: boolean): RequestHandler {
  return (request, response, next) => {
    const { path, method, headers, httpVersion } = request;
    if (quietRoutes.has(path)) return next();
    // One clock for the request and its queries; that of each span would differ by up to a millisecond.
    const origin = Date.now() - performance.now();
    const timeAt = (moment: number) => origin + moment;
    const caller = followsCaller ? traceparent.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
    const span = tracer.startSpan(
      nameOf(method, null),
      {
        kind: SpanKind.SERVER,
        startTime: timeAt(response.locals.startedAt),
        attributes: {
          'http.request.method': methods.has(method) ? method : '_OTHER',
          'url.scheme': 'http',
          'network.protocol.version': httpVersion,
        },
      },
      caller,
    );
    response.locals.traceId = span.spanContext().traceId;
    if (!span.isRecording()) return next();
    response.once('close', () => {
      describe(span, path, method, response);
      span.end(timeAt(performance.now()));
    });
    listenToQueries(spanQueries(tracer, trace.setSpan(caller, span), timeAt), next);
  };
}

function describe(span: Span, path: string, method: string, response: Response): void {
  const { requestId, route, failure } = response.locals;
  span.updateName(nameOf(method, route));
  span.setAttributes({
    'http.response.header.x-request-id': [requestId],
    ...(route !== null && { 'http.route': route, 'url.path': path }),
    ...(response.headersSent && { 'http.response.status_code': response.statusCode }),
    ...queryOf(response),
  });
  if (failure === undefined && response.statusCode < 500) return;
  span.setAttribute('error.type', failure === undefined ? String(response.statusCode) : errorTypeOf(failure));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function nameOf(method: string, route: string | null): string {
  const known = methods.has(method) ? method : 'HTTP';
  return route === null ? known : `${known} ${route}`;
}

/** That of a refused request may hold anything. */
function queryOf({ statusCode, locals: { parts } }: Response): Attributes {
  if (statusCode === 400 || !parts || Object.keys(parts.query).length === 0) return {};
  const shown = new URLSearchParams();
  for (const [name, value] of Object.entries(Object(redactValue(parts.query)))) shown.append(name, String(value));
  return { 'url.query': shown.toString() };
}
