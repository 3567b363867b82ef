import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { redactText, secretsIn } from './redact.ts';

/** What machines ask all the time; neither logged nor traced. */
export const quietRoutes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * One JSON line a request.
 *
 * @rule operations/logs
 */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    response.once('close', () => {
      const line = lineOf(request, response);
      if (quietRoutes.has(line.route ?? '')) logger.debug(line);
      else if (line.status < 500) logger.info(line);
      else logger.error({ ...line, error: failureOf(response) });
    });
    next();
  };
}

function lineOf(request: Request, response: Response) {
  const { requestId, route, startedAt, accountId, traceId } = response.locals;
  return {
    requestId,
    method: request.method,
    route,
    // 499: the client was gone before there was an answer.
    status: response.headersSent ? response.statusCode : 499,
    ms: Math.round((performance.now() - startedAt) * 1000) / 1000,
    accountId,
    ...(traceId !== undefined && { trace_id: traceId }),
  };
}

/** What made an answer a 5xx, without what the request keeps secret. */
export function failureOf({ locals }: Response): { code?: string; message: string; stack: string } {
  const secrets = secretsIn(locals.parts?.body);
  const { failure } = locals;
  const error = failure instanceof Error ? failure : new Error(String(failure));
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    ...(typeof code === 'string' && { code }),
    message: redactText(error.message, secrets),
    stack: redactText(stackOf(error), secrets),
  };
}

function stackOf(error: Error): string {
  const own = error.stack ?? String(error);
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
