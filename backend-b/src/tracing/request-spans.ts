import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { routeOf } from '../http/documented.ts';
import { parseQuery } from '../http/query-string.ts';
import { redacted, withoutSecrets } from '../http/redact.ts';
import { isProbe, requestSecrets } from '../http/request-log.ts';
import type { Traces } from './traces.ts';

/** Makes every request a span, but those of probes: machines send them every few seconds. */
export function createRequestSpans({ tracer, active, callerOf, close }: Traces): FastifyPluginAsync {
  const register: FastifyPluginAsync = async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      if (isProbe(request)) return done();
      const caller = callerOf(request.headers);
      const options = { kind: SpanKind.SERVER, attributes: attributesAtStart(request) };
      const span = tracer.startSpan(spanName(request), options, caller);
      request.traceId = span.spanContext().traceId;
      // An answer that its client broke off, as most event streams are, closes without onResponse.
      reply.raw.once('close', () => end(span, request, reply));
      active.run(trace.setSpan(caller, span), done);
    });
    app.addHook('onClose', close);
  };
  return plugin(register, { name: 'request-spans' });
}

function end(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  // Only now is it known whether another method would have had a route.
  span.updateName(spanName(request)).setAttributes(attributesAtEnd(request, reply));
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function spanName(request: FastifyRequest): string {
  const route = routeOf(request);
  return route === null ? request.method : `${request.method} ${route}`;
}

function attributesAtStart(request: FastifyRequest): Attributes {
  return {
    'http.request.method': request.method,
    'url.scheme': request.protocol,
    // Which the request brought, or which it was given.
    'http.response.header.x-request-id': [request.id],
  };
}

function attributesAtEnd(request: FastifyRequest, reply: FastifyReply): Attributes {
  const [path = '', query = ''] = request.originalUrl.split(/\?(.*)/s);
  const secrets = requestSecrets(request);
  const route = routeOf(request);
  return {
    ...(reply.raw.headersSent && { 'http.response.status_code': reply.statusCode }),
    'url.path': withoutSecrets(path, secrets),
    ...(route !== null && { 'http.route': route }),
    ...(query !== '' && { 'url.query': shownQuery(query, secrets) }),
    ...(reply.statusCode >= 500 && { 'error.type': request.failure?.name ?? String(reply.statusCode) }),
  };
}

function shownQuery(query: string, secrets: readonly string[]): string {
  const values = redacted(parseQuery(query).values) as Record<string, string>;
  const shown = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) shown.append(name, withoutSecrets(value, secrets));
  return shown.toString();
}
