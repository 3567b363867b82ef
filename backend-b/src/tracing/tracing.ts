import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { TracingSettings } from '../config.tracing.ts';
import type { Watch } from '../db/query-trace.ts';
import { createRequestSpans } from './request-spans.ts';
import { createStatementSpans } from './statement-spans.ts';
import { createTraces } from './traces.ts';

export interface Tracing {
  watchStatement: Watch;
  requestSpans: FastifyPluginAsync;
}

/** Starts tracing. Whoever imports this loads OpenTelemetry: it is for those alone whose variables switch traces on. */
export function startTracing(settings: TracingSettings, logger: Logger): Tracing {
  const traces = createTraces(settings, logger);
  return { watchStatement: createStatementSpans(traces), requestSpans: createRequestSpans(traces) };
}
