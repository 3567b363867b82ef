import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import { routeOf } from './documented.ts';
import { onEnd } from './on-end.ts';
import { secretsIn, withoutSecrets } from './redact.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The trace that it belongs to, where traces are switched on. */
    traceId?: string;
  }
}

/** The log of production: JSON, one line an entry, and nothing in it that was not asked for. */
export function createProductionLog(): Logger {
  return pino({
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}

/**
 * One line a request, and the cause beside it when it failed.
 * @rule operations/logs
 */
export const productionLog = plugin(
  async (app: FastifyInstance, { logger }: { logger: Logger }) => {
    onEnd(app, (request, reply, milliseconds) => {
      const entry = logEntry(request, reply, milliseconds);
      if (isProbe(request)) logger.debug(entry);
      else if (reply.statusCode >= 500) logger.error({ ...entry, error: shownFailure(request) });
      else logger.info(entry);
    });
  },
  { name: 'request-log' },
);

function logEntry(request: FastifyRequest, reply: FastifyReply, milliseconds: number) {
  return {
    requestId: request.id,
    method: request.method,
    route: routeOf(request),
    status: reply.statusCode,
    ms: Math.round(milliseconds * 10) / 10,
    accountId: request.caller?.account.id ?? null,
    ...(request.traceId !== undefined && { trace_id: request.traceId }),
  };
}

/** Readiness and metrics are asked for every few seconds by machines. */
export function isProbe(request: FastifyRequest): boolean {
  return ['/healthz', '/readyz', '/metrics'].includes(routeOf(request) ?? '');
}

function shownFailure(request: FastifyRequest) {
  const failure = request.failure;
  if (!failure) return null;
  const secrets = requestSecrets(request);
  return {
    ...('code' in failure && { code: failure.code }),
    message: withoutSecrets(failure.message, secrets),
    stack: withoutSecrets(wholeStack(failure), secrets),
  };
}

/** The stack of a failure and of everything that caused it. */
export function wholeStack(failure: Error): string {
  const own = failure.stack ?? failure.message;
  return failure.cause instanceof Error ? `${own}\nCaused by: ${wholeStack(failure.cause)}` : own;
}

/** What this request told us that must not be logged. */
export function requestSecrets(request: FastifyRequest): string[] {
  const token = request.headers.authorization?.replace(/^Bearer +/i, '');
  const signature = request.headers['x-twilio-signature'];
  const own = [token, signature].flat().flatMap((secret) => secret || []);
  return [...secretsIn(request.body), ...secretsIn(request.query), ...own];
}
