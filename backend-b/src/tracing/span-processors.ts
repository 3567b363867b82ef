import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingSettings } from '../config.tracing.ts';

/** Nobody who makes a span waits for a collector: spans queue, and what the queue cannot hold is dropped. */
export function createSpanProcessors({ exporters, protocol, batch }: TracingSettings, logger: Logger): SpanProcessor[] {
  return exporters.map((name) => {
    if (name === 'console') return new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() });
    const exporter = protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
    return new BatchSpanProcessor({ ...batch, exporter: telling(exporter, logger) });
  });
}

/** An exporter that says once that spans do not arrive, and once that they do again. */
export function telling(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const hasFailed = result.code !== ExportResultCode.SUCCESS;
        if (hasFailed && !isFailing) logger.warn({ error: causeOf(result.error) }, 'traces are not delivered');
        if (!hasFailed && isFailing) logger.info('traces are delivered again');
        isFailing = hasFailed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function causeOf(error: (Error & { code?: unknown }) | undefined): string {
  return error?.message || String(error?.code ?? 'unknown');
}
